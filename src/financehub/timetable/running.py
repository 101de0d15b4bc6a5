"""A run: claimed by whoever moves its due time on, held by a lease, written down however it ends."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from celery import current_app
from django.db import transaction

from financehub.core import clock
from financehub.timetable import endings, entries, leases, planning, spreading
from financehub.timetable.entries import Entry
from financehub.timetable.models import TaskPart, TaskRun, TimedTask

Status, Trigger = TaskRun.Status, TaskRun.Trigger
log = structlog.get_logger()


def run_due(name: str, due_at: datetime) -> TaskRun | None:
    """Run the task if this due time is still nobody's and its last run has ended; else None."""
    try:
        entry = entries.entry(name)
    except entries.NoSuchTask:  # a message from before the table changed
        return None
    run = _claim(entry, due_at)
    if run is not None:
        _perform(run, entry)
    return run


def _claim(entry: Entry, due_at: datetime) -> TaskRun | None:
    at = clock.now()
    with transaction.atomic():
        row = TimedTask.objects.select_for_update().filter(pk=entry.name, due_at=due_at).first()
        if row is None:
            return None
        is_asked = row.asked_at is not None
        still_works = TaskRun.objects.filter(name=entry.name, status__in=TaskRun.OPEN).exists()
        row.due_at, row.offered_at, row.asked_at = entry.when.after(max(at, due_at)), None, None
        row.skipped += still_works
        row.save()
        if still_works:
            log.info("timed_task_skipped", task=entry.name)
            return None
        in_time = Trigger.LATE if planning.is_late(due_at, at) else Trigger.CLOCK
        return TaskRun.objects.create(
            name=entry.name,
            status=Status.RUNNING,
            trigger=Trigger.PERSON if is_asked else in_time,
            planned_at=due_at,
            started_at=at,
            lease_until=at + timedelta(seconds=entry.lease),
        )


def _perform(run: TaskRun, entry: Entry) -> None:
    """The task itself, and what became of it: an error of one task is a row, not the end of the worker."""
    try:
        with leases.kept(partial(_renew, run.pk, entry.lease), seconds=entry.lease):
            outcome = current_app.tasks[entry.task].run()
        if entry.parts is None:
            endings.end(run, Status.DONE, result=outcome if isinstance(outcome, int) else None)
        else:
            spreading.spread(run, entry, outcome)
    except Exception as error:  # noqa: BLE001 - whatever it was, the page shows it
        described = endings.described(error)
        log.warning("timed_task_failed", task=entry.name, error=described)
        endings.end(run, Status.FAILED, error=described)


def _renew(run_id: UUID, seconds: float) -> bool:
    mine = TaskRun.objects.filter(pk=run_id, status=Status.RUNNING)
    return bool(mine.update(lease_until=clock.now() + timedelta(seconds=seconds)))


def bury_dead(at: datetime) -> int:
    """Runs whose worker gave no sign of life for as long as their lease; how many. They are tried again soon."""
    buried = 0
    for run in TaskRun.objects.filter(status=Status.RUNNING, lease_until__lt=at):
        silent = TaskRun.objects.filter(pk=run.pk, status=Status.RUNNING, lease_until=run.lease_until)
        if silent.update(status=Status.LOST, finished_at=at, lease_until=None, error=endings.WORKER_DIED):
            log.warning("timed_task_lost", task=run.name)
            endings.settle(run, at)
            buried += 1
    return buried


def steady_leases(at: datetime, *, has_jumped: bool) -> None:
    """After a jump of the clock every lease starts anew from now: none may seem over, none may last for ever."""
    longest = timedelta(seconds=max((entry.lease for entry in entries.table()), default=0))
    runs = TaskRun.objects.filter(status=Status.RUNNING, lease_until__isnull=False)
    parts = TaskPart.objects.filter(lease_until__isnull=False)
    if not has_jumped:
        far = at + 2 * longest
        runs, parts = runs.filter(lease_until__gt=far), parts.filter(lease_until__gt=far)
    runs.update(lease_until=at + longest)
    parts.update(lease_until=at + longest)
