"""A run that is many: each subject has its place, few are out at once, each is done once, none is left."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.timetable.tables import MANY, due, told

from financehub.core import clock
from financehub.timetable import running, spreading
from financehub.timetable.models import TaskPart, TaskRun, TimedTask

pytestmark = pytest.mark.django_db

Run = DjangoCaptureOnCommitCallbacks
SUBJECTS = [f"item-{number}" for number in range(30)]


@pytest.fixture
def run() -> TaskRun:
    """A run with thirty parts over thirty minutes, none of them offered."""
    told.subjects = SUBJECTS
    row = due(MANY, clock.now())
    run = running.run_due(MANY.name, row.due_at)
    assert run is not None
    TaskPart.objects.update(ticket="", lease_until=None)
    return run


def all_due() -> None:
    TaskPart.objects.update(due_at=clock.now())


def out() -> list[TaskPart]:
    return list(TaskPart.objects.filter(lease_until__gt=clock.now()).order_by("due_at"))


def offer(run: TaskRun) -> int:
    return spreading.offer(run.pk, at=clock.now())


def test_subjects_are_spread_over_the_window_the_same_way_every_day(run: TaskRun) -> None:
    places = [(part.due_at - run.started_at) / timedelta(minutes=30) for part in run.open_parts.all()]
    expected = [spreading.place_of(MANY.name, name) for name in SUBJECTS]
    assert sorted(places) == pytest.approx(sorted(expected), abs=0.01)
    assert 0 <= min(expected) < 0.2 < 0.8 < max(expected) < 1
    assert (run.status, run.parts, run.lease_until) == ("SPREAD", 30, None)


def test_a_subject_named_twice_is_one_part() -> None:
    told.subjects = ["a", "b", "a"]
    running.run_due(MANY.name, due(MANY, clock.now()).due_at)
    assert TaskRun.objects.get().parts == 2


def test_nothing_is_offered_before_its_place(run: TaskRun) -> None:
    TaskPart.objects.update(due_at=clock.now() + timedelta(minutes=1))
    assert (offer(run), out()) == (0, [])


def test_never_more_than_so_many_are_out(run: TaskRun) -> None:
    all_due()
    assert [offer(run) for _ in range(3)] == [2, 0, 0]
    assert len(out()) == 2


def test_whoever_ends_lets_the_next_one_come_until_all_are_done(
    run: TaskRun, django_capture_on_commit_callbacks: Run
) -> None:
    all_due()
    with django_capture_on_commit_callbacks(execute=True):
        offer(run)
    run.refresh_from_db()
    assert sorted(told.parts) == sorted(SUBJECTS)
    assert (run.status, run.parts_done, run.parts_failed, run.result) == ("DONE", 30, 0, 30)
    assert not TaskPart.objects.exists()


def test_a_ticket_is_used_once(run: TaskRun) -> None:
    all_due()
    offer(run)
    part = out()[0]
    assert [spreading.run_part(part.pk, part.ticket) for _ in range(2)] == [True, False]
    assert told.parts == [part.subject]


def test_a_message_that_came_too_late_has_no_ticket_any_more(run: TaskRun) -> None:
    all_due()
    offer(run)
    part = out()[0]
    TaskPart.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    offer(run)
    assert not spreading.run_part(part.pk, part.ticket)
    assert told.parts == []


def test_what_a_dead_worker_held_is_offered_again(run: TaskRun) -> None:
    all_due()
    offer(run)
    held = {part.subject for part in out()}
    TaskPart.objects.filter(subject__in=held).update(
        attempts=1, lease_until=clock.now() - timedelta(seconds=1)
    )
    assert offer(run) == 2
    assert {part.subject for part in out()} == held


def test_a_part_whose_worker_dies_every_time_is_given_up(run: TaskRun) -> None:
    past = clock.now() - timedelta(seconds=1)
    TaskPart.objects.exclude(subject=SUBJECTS[0]).delete()
    TaskPart.objects.update(attempts=3, lease_until=past, due_at=past)
    TaskRun.objects.update(parts=2, parts_done=1)
    offer(run)
    run.refresh_from_db()
    assert (run.status, run.parts_failed, run.error) == ("DONE", 1, "WorkerDied")


def test_one_s_trouble_is_not_the_others(run: TaskRun, django_capture_on_commit_callbacks: Run) -> None:
    """The first subject fails at every try; it waits, the others go on, and in the end it is counted as failed."""

    def stumble() -> None:
        if told.parts[-1] == SUBJECTS[0]:
            raise ValueError("what a bank said")

    told.during = stumble
    for _ in range(3):
        all_due()
        with django_capture_on_commit_callbacks(execute=True):
            offer(run)
    run.refresh_from_db()
    assert (run.status, run.parts_done, run.parts_failed) == ("DONE", 29, 1)
    assert run.error == "ValueError"
    assert told.parts.count(SUBJECTS[0]) == 3
    assert len(told.parts) == 32


def test_a_run_of_which_everything_fails_has_failed(django_capture_on_commit_callbacks: Run) -> None:
    told.subjects = ["a"]
    running.run_due(MANY.name, due(MANY, clock.now()).due_at)

    def stumble() -> None:
        raise ValueError

    told.during = stumble
    for _ in range(3):
        TaskPart.objects.update(due_at=clock.now(), lease_until=None)
        with django_capture_on_commit_callbacks(execute=True):
            spreading.offer_all(clock.now())
    assert TaskRun.objects.get().status == "FAILED"


def test_the_next_run_is_skipped_while_parts_are_left(run: TaskRun) -> None:
    TimedTask.objects.filter(pk=run.name).update(due_at=run.started_at)
    assert running.run_due(MANY.name, run.started_at) is None
    assert TaskPart.objects.count() == 30


def test_a_run_whose_line_is_gone_goes_on_one_by_one(run: TaskRun, settings: Settings) -> None:
    settings.TIMETABLE = []
    all_due()
    assert [offer(run) for _ in range(2)] == [1, 0]
