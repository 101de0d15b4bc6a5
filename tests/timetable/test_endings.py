"""How runs end."""

from datetime import timedelta

import pytest
from tests.timetable.tables import ONE, due

from financehub.core import clock
from financehub.core.each import SomeFailed, for_each
from financehub.core.errors import NotFound
from financehub.timetable import endings, entries
from financehub.timetable.endings import KEPT_RUNS
from financehub.timetable.models import TaskRun, TimedTask

pytestmark = pytest.mark.django_db


def make_run(status: str = "RUNNING", *, minutes: int = 0) -> TaskRun:
    at = clock.now() - timedelta(minutes=minutes)
    return TaskRun.objects.create(name=ONE.name, status=status, trigger="clock", planned_at=at, started_at=at)


def test_only_the_newest_runs_are_kept() -> None:
    for minutes in range(1, KEPT_RUNS + 5):
        make_run("DONE", minutes=minutes)
    newest = make_run()
    endings.end(newest, "DONE", result=3)
    kept = TaskRun.objects.order_by("-started_at")
    assert (kept.count(), kept.first(), kept[0].result) == (KEPT_RUNS, newest, 3)


@pytest.mark.parametrize(
    ("before", "pause"),
    [(["DONE"], 1), (["FAILED", "DONE"], 5), (["LOST", "FAILED"], None), (["FAILED", "LOST", "DONE"], None)],
)
def test_each_further_failure_waits_longer_and_the_third_for_the_next_time(
    before: list[str], pause: int | None
) -> None:
    at = clock.now()
    row = due(ONE, at + timedelta(hours=1))
    for minutes, status in enumerate(before, 1):
        make_run(status, minutes=minutes)
    endings.end(make_run(), "FAILED", error="x")
    planned = TimedTask.objects.get(pk=row.pk).due_at
    expected = timedelta(hours=1) if pause is None else timedelta(minutes=pause)
    assert timedelta(0) <= planned - at - expected < timedelta(seconds=5)


def test_a_success_waits_for_its_time() -> None:
    row = due(ONE, clock.now() + timedelta(hours=1))
    endings.end(make_run(), "DONE")
    assert TimedTask.objects.get(pk=row.pk).due_at == row.due_at


def test_an_error_says_what_and_where_but_not_with_which_words() -> None:
    with pytest.raises(NotFound) as caught:
        entries.entry("segredo")
    assert endings.described(caught.value).startswith("NoSuchTask (no_such_task) in entries.py:")
    assert endings.described(KeyError("segredo")) == "KeyError"
    with pytest.raises(SomeFailed) as several:
        for_each([0, 0], lambda one: 1 // one)
    assert endings.described(several.value) == "2 times ZeroDivisionError"
