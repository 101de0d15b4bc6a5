"""What waits in rows."""

from datetime import timedelta

import pytest
from tests.timetable.tables import MANY, ONE, due, told

from financehub.core import clock
from financehub.timetable import backlogs, running
from financehub.timetable.backlogs import Backlog
from financehub.timetable.models import TaskPart, TimedTask

pytestmark = pytest.mark.django_db


def test_tasks_and_parts_that_are_due_and_nobody_s() -> None:
    at = clock.now()
    told.subjects = ["a", "b", "c"]
    running.run_due(MANY.name, due(MANY, at).due_at)
    long_ago = at - timedelta(minutes=9)
    TaskPart.objects.update(due_at=at + timedelta(minutes=1), lease_until=None)
    TaskPart.objects.filter(subject="a").update(due_at=long_ago)
    TaskPart.objects.filter(subject="b").update(due_at=long_ago, lease_until=at + timedelta(minutes=1))
    due(ONE, long_ago)
    expected = [Backlog("timed_task", 1, long_ago), Backlog("task_part", 1, long_ago)]
    assert backlogs.look(at) == expected


def test_rows_that_are_none_wait_since_never() -> None:
    rows = TimedTask.objects.all()
    assert backlogs.of_rows("x", rows, dead=3) == Backlog("x", 0, None, 3)
    assert backlogs.of_timetable(clock.now()) == [
        Backlog("timed_task", 0, None),
        Backlog("task_part", 0, None),
    ]
