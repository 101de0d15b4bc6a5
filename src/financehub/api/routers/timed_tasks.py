"""What runs by time, for the staff: how it went, when it comes again, and running it now."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from ninja import Router, Status
from ninja.params.functions import Path

from financehub.api.addresses import at
from financehub.api.auth import AuthedRequest
from financehub.api.shapes import Out
from financehub.api.staff import staff
from financehub.core import clock
from financehub.timetable import asking, reports
from financehub.timetable.models import TaskRun
from financehub.timetable.reports import Line

router = Router(tags=["staff: tasks"])
TaskName = Annotated[str, Path(..., alias="name")]


class RunOut(Out):
    """One run. `result` counts as its task does; `error` names what went wrong, never with a bank's words."""

    id: UUID
    status: str
    trigger: str
    planned_at: datetime
    started_at: datetime
    finished_at: datetime | None
    seconds: float | None
    result: int | None
    error: str
    parts: int
    parts_done: int
    parts_failed: int

    @classmethod
    def of(cls, run: TaskRun) -> Self:
        return cls.model_validate(run, from_attributes=True)


class TimedTaskOut(Out):
    """One line of the timetable. `schedule` is in hours of America/Sao_Paulo."""

    name: str
    does: str
    schedule: str
    next_at: datetime | None
    is_running: bool
    is_waiting: bool
    skipped: int
    missed: int
    last: RunOut | None

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(
            name=line.entry.name,
            does=line.entry.does,
            schedule=str(line.entry.when),
            next_at=line.next_at,
            is_running=line.is_running,
            is_waiting=line.is_waiting,
            skipped=line.skipped,
            missed=line.missed,
            last=RunOut.of(line.last) if line.last else None,
        )


class AskedOut(Out):
    """Since when it is due."""

    due_at: datetime


@at(
    router,
    "GET",
    "/operations/timed-tasks/",
    operation_id="list_timed_tasks",
    auth=staff(),
    response=list[TimedTaskOut],
)
def list_timed_tasks(request: AuthedRequest) -> list[TimedTaskOut]:  # noqa: ARG001
    """Everything that runs by time."""
    return [TimedTaskOut.of(line) for line in reports.lines(clock.now())]


@at(
    router,
    "GET",
    "/operations/timed-tasks/{name}/runs/",
    operation_id="list_task_runs",
    auth=staff(),
    response=list[RunOut],
)
def list_task_runs(request: AuthedRequest, name: TaskName) -> list[RunOut]:  # noqa: ARG001
    """Its latest runs, the newest first."""
    return [RunOut.of(run) for run in reports.runs_of(name)]


@at(
    router,
    "POST",
    "/operations/timed-tasks/{name}/run/",
    operation_id="run_timed_task",
    auth=staff(),
    response={202: AskedOut},
)
def run_timed_task(request: AuthedRequest, name: TaskName) -> Status[AskedOut]:
    """Run it now. 409 `task_is_running` while it runs or waits."""
    return Status(202, AskedOut(due_at=asking.run_now(name=name, by=request.auth.actor).due_at))
