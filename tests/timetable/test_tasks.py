"""The doors: names in, one call."""

from datetime import timedelta

import pytest
from celery import current_app
from tests.timetable.tables import MANY, ONE, due, told

from financehub.core import clock
from financehub.timetable.models import TaskPart

pytestmark = pytest.mark.django_db


def call(name: str, **kwargs: str) -> object:
    current_app.loader.import_default_modules()
    return current_app.tasks[name].apply(kwargs=kwargs, throw=True).result


def test_a_task_and_a_part_are_run_by_what_their_messages_say() -> None:
    at = clock.now() - timedelta(minutes=1)
    told.subjects = ["a"]
    for entry in (ONE, MANY):
        call("timetable.run", entry=entry.name, due_at=due(entry, at).due_at.isoformat())
    TaskPart.objects.update(ticket="good", lease_until=clock.now() + timedelta(minutes=1))
    part = TaskPart.objects.get()
    call("timetable.run_part", part_id=str(part.pk), ticket="bad")
    assert (told.runs, told.parts) == (1, [])
    call("timetable.run_part", part_id=str(part.pk), ticket="good")
    assert told.parts == ["a"]
    assert call("timetable.clean_up") == 0
