"""A person who wants a task now."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.timetable.tables import ONE, due, statuses, told

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.core import clock
from financehub.timetable import asking
from financehub.timetable.entries import NoSuchTask
from financehub.timetable.models import TaskRun, TimedTask

pytestmark = pytest.mark.django_db

Run = DjangoCaptureOnCommitCallbacks


def held(seconds: float) -> None:
    at = clock.now()
    until = at + timedelta(seconds=seconds)
    TaskRun.objects.create(
        name=ONE.name, status="RUNNING", trigger="clock", planned_at=at, started_at=at, lease_until=until
    )


def test_it_runs_at_once_and_the_trail_says_who(
    by_ana: Actor, django_capture_on_commit_callbacks: Run
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asking.run_now(name=ONE.name, by=by_ana)
    run, row = TaskRun.objects.get(), TimedTask.objects.get(pk=ONE.name)
    assert (told.runs, run.status, run.trigger) == (1, "DONE", "person")
    assert (row.asked_at, row.due_at) == (None, ONE.when.after(run.started_at))
    deed = AuditLog.objects.get(action="operations.task_asked")
    assert (deed.object_id, deed.actor_id) == (ONE.name, by_ana.id)


def test_not_while_a_run_holds_its_lease(by_ana: Actor) -> None:
    held(60)
    with pytest.raises(asking.TaskIsRunning):
        asking.run_now(name=ONE.name, by=by_ana)
    assert not AuditLog.objects.filter(action="operations.task_asked").exists()


def test_but_when_the_worker_that_held_it_is_dead(by_ana: Actor) -> None:
    held(-1)
    asking.run_now(name=ONE.name, by=by_ana)
    assert statuses(ONE) == ["LOST"]


def test_not_twice(by_ana: Actor) -> None:
    due(ONE, clock.now())
    asking.run_now(name=ONE.name, by=by_ana)
    with pytest.raises(asking.TaskIsRunning):
        asking.run_now(name=ONE.name, by=by_ana)


def test_only_what_is_on_the_table(by_ana: Actor) -> None:
    with pytest.raises(NoSuchTask):
        asking.run_now(name="none", by=by_ana)
