"""Background work is named by strings: each name leads to a task, and each task is named."""

import ast

from celery import current_app
from django.conf import settings
from tests.architecture.sources import calls, python_files

OURS = ("banking.", "billing.", "bot.", "webhooks.", "companies.", "timetable.", "notifications.")


def registered() -> set[str]:
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith(("celery.", "tests."))}


def enqueued() -> set[str]:
    """Names given as text to enqueue (the first argument) and enqueue_in (the second)."""
    names = set()
    for file in python_files("src/financehub"):
        for called, call in calls(file):
            place = {"enqueue": 0, "enqueue_in": 1}.get(called)
            if place is not None and isinstance(call.args[place], ast.Constant):
                names.add(str(call.args[place].value))
    return names


def on_the_timetable() -> set[str]:
    parts = {entry.parts.task for entry in settings.TIMETABLE if entry.parts}
    return parts | {entry.task for entry in settings.TIMETABLE}


def test_every_name_leads_to_a_registered_task() -> None:
    assert (enqueued() | on_the_timetable()) - registered() == set()


def test_every_task_is_enqueued_or_on_the_timetable() -> None:
    assert registered() - enqueued() - on_the_timetable() == set()


def test_every_task_is_named_after_its_room() -> None:
    assert {name for name in registered() if not name.startswith(OURS)} == set()
