"""One run: claimed once, skipped while the last still works, written down however it ends."""

from datetime import timedelta

import pytest
from pytest_django import Settings
from tests.racing import race
from tests.timetable.tables import MANY, ONE, due, statuses, told

from financehub.core import clock
from financehub.core.errors import Conflict
from financehub.timetable import running
from financehub.timetable.models import TaskRun, TimedTask

pytestmark = pytest.mark.django_db


def test_a_due_time_is_run_once_however_often_its_message_comes() -> None:
    row = due(ONE, clock.now())
    first, second = (running.run_due(ONE.name, row.due_at) for _ in range(2))
    assert (first is not None, second, told.runs) == (True, None, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_message_make_one_run() -> None:
    row = due(ONE, clock.now())
    race(*[lambda: running.run_due(ONE.name, row.due_at)] * 4)
    assert (told.runs, statuses(ONE)) == (1, ["DONE"])


def test_while_the_last_run_works_the_next_is_skipped_and_counted() -> None:
    row = due(ONE, clock.now())

    def again() -> None:
        TimedTask.objects.update(due_at=row.due_at)
        assert running.run_due(ONE.name, row.due_at) is None

    told.during = again
    running.run_due(ONE.name, row.due_at)
    row.refresh_from_db()
    assert (told.runs, statuses(ONE), row.skipped) == (1, ["DONE"], 1)
    assert row.due_at == ONE.when.after(clock.now())


def test_what_fails_is_a_row_and_is_tried_again_twice_before_its_time() -> None:
    row, at = due(ONE, clock.now()), clock.now()

    def stumble() -> None:
        raise Conflict("the text of a bank")

    told.during = stumble
    pauses = []
    for _ in range(3):
        row.refresh_from_db()
        running.run_due(ONE.name, row.due_at)
        row.refresh_from_db()
        pauses.append((row.due_at - clock.now()).total_seconds() > 301)
    assert pauses == [False, False, True]
    assert row.due_at > at + timedelta(minutes=5)
    run = TaskRun.objects.order_by("started_at").first()
    assert run is not None
    assert (run.status, run.result) == ("FAILED", None)
    assert run.error.startswith("Conflict (conflict)")
    assert "bank" not in run.error


def test_a_message_about_a_line_that_is_gone_runs_nothing() -> None:
    assert running.run_due("gone", clock.now()) is None


def test_a_run_without_subjects_has_nothing_to_do() -> None:
    row = due(MANY, clock.now())
    running.run_due(MANY.name, row.due_at)
    assert list(TaskRun.objects.values_list("status", "result")) == [("DONE", 0)]


@pytest.mark.django_db(transaction=True)
def test_a_long_run_holds_its_lease(settings: Settings) -> None:
    """The lease is a second, the work goes on until it has been renewed twice."""
    settings.TIMETABLE = [type(ONE)(ONE.name, ONE.task, ONE.when, ONE.does, lease=1)]
    row, seen = due(ONE, clock.now()), set()

    def watch() -> None:
        while len(seen) < 3:
            seen.add(TaskRun.objects.values_list("lease_until", flat=True).get())
            running.bury_dead(clock.now())

    told.during = watch
    running.run_due(ONE.name, row.due_at)
    assert statuses(ONE) == ["DONE"]


def test_a_run_given_up_for_dead_does_not_rise_again() -> None:
    row = due(ONE, clock.now())

    def die() -> None:
        TaskRun.objects.update(lease_until=clock.now() - timedelta(seconds=1))
        assert running.bury_dead(clock.now()) == 1

    told.during = die
    running.run_due(ONE.name, row.due_at)
    assert statuses(ONE) == ["LOST"]
