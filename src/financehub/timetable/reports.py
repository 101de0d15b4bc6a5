"""The page of tasks: each line of the table with its last run and its next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from financehub.timetable import entries
from financehub.timetable.entries import Entry
from financehub.timetable.models import TaskRun, TimedTask

SHOWN_RUNS = 30


@dataclass(frozen=True)
class Line:
    """One task: `last` is its newest run, open or ended; `is_waiting` when it is due and not taken up."""

    entry: Entry
    next_at: datetime | None
    last: TaskRun | None
    is_asked: bool
    is_waiting: bool
    skipped: int
    missed: int

    @property
    def is_running(self) -> bool:
        return self.last is not None and self.last.is_open


def lines(at: datetime) -> list[Line]:
    """Every line of the table."""
    rows = TimedTask.objects.in_bulk()
    newest = TaskRun.objects.values("name").annotate(started=Max("started_at")).values_list("name", "started")
    runs = TaskRun.objects.filter(started_at__in=[started for _, started in newest]).order_by("started_at")
    last = {run.name: run for run in runs}
    return [_line(entry, rows.get(entry.name), last.get(entry.name), at) for entry in entries.table()]


def _line(entry: Entry, row: TimedTask | None, last: TaskRun | None, at: datetime) -> Line:
    if row is None:
        return Line(entry, None, last, is_asked=False, is_waiting=False, skipped=0, missed=0)
    return Line(
        entry,
        row.due_at,
        last,
        is_asked=row.asked_at is not None,
        is_waiting=row.due_at <= at,
        skipped=row.skipped,
        missed=row.missed,
    )


def runs_of(name: str) -> list[TaskRun]:
    """The newest runs of a task. Raises NoSuchTask."""
    known = entries.entry(name)
    return list(TaskRun.objects.filter(name=known.name).order_by("-started_at")[:SHOWN_RUNS])
