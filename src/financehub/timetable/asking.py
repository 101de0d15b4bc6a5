"""A person who wants a task to run now: written down, and held to the same rows as the clock."""

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.core import clock, jobs
from financehub.core.errors import Conflict
from financehub.timetable import entries, planning, running
from financehub.timetable.models import TaskRun, TimedTask


class TaskIsRunning(Conflict):
    """Its last run still works, or it was asked for already."""

    code = "task_is_running"


def run_now(*, name: str, by: Actor) -> TimedTask:
    """Make the task due now. Raises NoSuchTask, and TaskIsRunning while a run holds its lease."""
    entry, at = entries.entry(name), clock.now()
    running.bury_dead(at)
    with transaction.atomic():
        planning.ensure(entry, at)
        row = TimedTask.objects.select_for_update().get(pk=name)
        if row.asked_at or TaskRun.objects.filter(name=name, status__in=TaskRun.OPEN).exists():
            raise TaskIsRunning(name=name)
        row.due_at = row.asked_at = row.offered_at = at
        row.save(update_fields=["due_at", "asked_at", "offered_at"])
        record("operations.task_asked", by=by, on=Target("timed_task", name), company_id=None)
        jobs.enqueue("timetable.run", entry=name, due_at=at.isoformat())
    return row
