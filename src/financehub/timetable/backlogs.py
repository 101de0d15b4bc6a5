"""What waits in rows: each room that has work to be done says how much of it is due, and since when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Min, Model, Q, QuerySet
from django.utils.module_loading import import_string

from financehub.timetable.models import TaskPart, TaskRun, TimedTask


@dataclass(frozen=True)
class Backlog:
    """Work of one kind: rows that are due and nobody's, when the oldest fell due, rows that failed for good."""

    kind: str
    waiting: int
    oldest_at: datetime | None
    dead: int = 0


def of_rows(kind: str, rows: QuerySet[Model], field: str = "due_at", *, dead: int = 0) -> Backlog:
    """The backlog of rows that are due, by the field that says since when."""
    oldest = rows.aggregate(oldest=Min(field))["oldest"]
    return Backlog(kind, rows.count() if oldest else 0, oldest, dead)


def look(at: datetime) -> list[Backlog]:
    """All of them: every function that the setting BACKLOGS names."""
    sources: Iterable[Callable[[datetime], list[Backlog]]] = map(import_string, settings.BACKLOGS)
    return [backlog for source in sources for backlog in source(at)]


def of_timetable(at: datetime) -> list[Backlog]:
    """Our own: tasks that are due, and parts of runs."""
    tasks = TimedTask.objects.filter(due_at__lte=at)
    parts = TaskPart.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=at), due_at__lte=at, run__status=TaskRun.Status.SPREAD
    )
    return [of_rows("timed_task", tasks), of_rows("task_part", parts)]
