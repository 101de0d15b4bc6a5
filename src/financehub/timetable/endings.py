"""How a run ends: written down, old ones forgotten, and what ended badly planned again before its next time."""

import traceback
from datetime import datetime, timedelta
from pathlib import Path

from financehub.core import clock
from financehub.core.each import SomeFailed
from financehub.timetable import entries
from financehub.timetable.models import TaskRun, TimedTask

KEPT_RUNS = 30  # of each task, for the page
WORKER_DIED = "WorkerDied"
PAUSES = (timedelta(minutes=1), timedelta(minutes=5))  # before each further try
OURS = "financehub"

Status = TaskRun.Status


def end(run: TaskRun, status: str, *, result: int | None = None, error: str = "") -> None:
    """Write the end down, unless the run was given up for dead meanwhile."""
    at = clock.now()
    if run.try_move_to(status, finished_at=at, lease_until=None, result=result, error=error):
        settle(run, at)


def settle(run: TaskRun, at: datetime) -> None:
    """After any end."""
    ended = TaskRun.objects.filter(name=run.name).exclude(status__in=TaskRun.OPEN).order_by("-started_at")
    TaskRun.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[KEPT_RUNS:])).delete()
    entry = next((one for one in entries.table() if one.name == run.name), None)
    failures = _failures_in_a_row(list(ended.values_list("status", flat=True)[: len(PAUSES) + 1]))
    if entry is None or not entry.catches_up or not 0 < failures <= len(PAUSES):
        return
    sooner = at + PAUSES[failures - 1]
    TimedTask.objects.filter(pk=run.name, due_at__gt=sooner).update(due_at=sooner, offered_at=None)


def _failures_in_a_row(newest_first: list[str]) -> int:
    return newest_first.index(Status.DONE) if Status.DONE in newest_first else len(newest_first)


def described(error: Exception) -> str:
    """What went wrong and where, without the message: that may hold what a bank or a person said."""
    if isinstance(error, SomeFailed):
        return f"{error.count} times {described(error.first)}"[:200]
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first is the line that caught it
    frames = [frame for frame in frames if OURS in Path(frame.filename).parts]
    place = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    code = getattr(error, "code", "")
    return f"{type(error).__name__}{f' ({code})' if isinstance(code, str) and code else ''}{place}"[:200]
