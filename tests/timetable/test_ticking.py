"""The clock's turn."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.racing import race
from tests.timetable.tables import MANY, ONE, due, statuses, told

from financehub.core import clock
from financehub.timetable import hearts, ticking
from financehub.timetable.models import TaskRun, TimedTask

pytestmark = pytest.mark.django_db

Run = DjangoCaptureOnCommitCallbacks


def test_what_is_due_runs_once_and_is_planned_anew(django_capture_on_commit_callbacks: Run) -> None:
    at = clock.now()
    due(ONE, at - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert ticking.tick() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert ticking.tick() == 0
    run = TaskRun.objects.get()
    assert (told.runs, run.status, run.trigger, run.result) == (1, "DONE", "clock", 7)
    assert TimedTask.objects.get(pk=ONE.name).due_at == ONE.when.after(at)
    assert hearts.living(hearts.BEAT, clock.now())


def test_a_message_that_got_lost_is_sent_again_after_a_minute() -> None:
    at = clock.now()
    due(ONE, at - timedelta(seconds=1))
    sent = [ticking.tick(at=at + timedelta(seconds=seconds)) for seconds in (0, 2, 58, 61, 63, 122)]
    assert sent == [1, 0, 0, 1, 0, 1]
    assert told.runs == 0


def test_a_night_off_is_made_up_for_once(django_capture_on_commit_callbacks: Run) -> None:
    due(ONE, clock.now() - timedelta(hours=9))
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            ticking.tick()
    assert (told.runs, TaskRun.objects.get().trigger) == (1, "late")


def test_a_dead_worker_is_noticed_when_its_lease_has_run_out() -> None:
    at = clock.now()
    due(ONE, at + timedelta(hours=1))
    held = {"name": ONE.name, "status": "RUNNING", "trigger": "clock", "planned_at": at, "started_at": at}
    TaskRun.objects.create(**held, lease_until=at + timedelta(seconds=90))
    ticking.tick(at=at + timedelta(seconds=89))
    assert statuses(ONE) == ["RUNNING"]
    ticking.tick(at=at + timedelta(seconds=91))
    assert statuses(ONE) == ["LOST"]
    assert TimedTask.objects.get(pk=ONE.name).due_at == at + timedelta(seconds=91 + 60)


def test_a_clock_that_jumps_forwards_makes_nobody_dead() -> None:
    at = clock.now()
    due(ONE, at + timedelta(hours=1))
    held = {"name": ONE.name, "status": "RUNNING", "trigger": "clock", "planned_at": at, "started_at": at}
    run = TaskRun.objects.create(**held, lease_until=at + timedelta(seconds=60))
    later = at + timedelta(minutes=30)
    ticking.tick(at=later, has_jumped=True)
    run.refresh_from_db()
    assert (run.status, run.lease_until) == ("RUNNING", later + timedelta(seconds=90))


def test_a_clock_that_went_back_leaves_no_lease_for_ever() -> None:
    at = clock.now()
    due(ONE, at + timedelta(minutes=5))
    held = {"name": ONE.name, "status": "RUNNING", "trigger": "clock", "planned_at": at, "started_at": at}
    run = TaskRun.objects.create(**held, lease_until=at + timedelta(days=1))
    ticking.tick(at=at)
    run.refresh_from_db()
    assert run.lease_until == at + timedelta(seconds=90)


def test_a_line_that_left_the_table_is_not_offered(settings: Settings) -> None:
    due(ONE, clock.now() - timedelta(seconds=1))
    settings.TIMETABLE = [MANY]
    assert ticking.tick() == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_send_one_message() -> None:
    at = clock.now()
    due(ONE, at - timedelta(seconds=1))
    assert sorted(race(*[lambda: ticking.tick(at=at)] * 2)) == [0, 1]  # type: ignore[type-var]
    assert told.runs == 1
