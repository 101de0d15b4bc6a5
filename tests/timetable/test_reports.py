"""The page of tasks."""

from datetime import timedelta

import pytest
from tests.timetable.tables import MANY, ONE, due

from financehub.core import clock
from financehub.timetable import reports, running
from financehub.timetable.entries import NoSuchTask
from financehub.timetable.models import TaskRun, TimedTask

pytestmark = pytest.mark.django_db


def test_each_line_shows_its_newest_run_and_its_next_time() -> None:
    at = clock.now()
    row = due(ONE, at - timedelta(minutes=1))
    for _ in range(2):
        running.run_due(ONE.name, row.due_at)
        TimedTask.objects.update(due_at=row.due_at)
    newest = TaskRun.objects.order_by("-started_at").first()
    first, second = reports.lines(at)
    assert (first.entry, first.last, first.next_at, first.is_waiting) == (ONE, newest, row.due_at, True)
    assert (first.is_running, first.is_asked, first.skipped, first.missed) == (False, False, 0, 0)
    assert (second.entry, second.last, second.next_at, second.is_waiting) == (MANY, None, None, False)
    assert reports.runs_of(ONE.name)[0] == newest
    with pytest.raises(NoSuchTask):
        reports.runs_of("none")


def test_a_run_that_goes_on_is_the_last_one() -> None:
    at = clock.now()
    due(ONE, at)
    TaskRun.objects.create(name=ONE.name, status="RUNNING", trigger="clock", planned_at=at, started_at=at)
    assert reports.lines(at)[0].is_running
