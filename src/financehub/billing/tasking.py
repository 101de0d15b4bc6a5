"""Tasks for the staff: opened once about one thing, closed by a person or because the thing is over."""

from uuid import UUID

from django.db import transaction

from financehub.audit.recording import SYSTEM, Actor, Target, record
from financehub.billing.models import StaffTask
from financehub.core import clock
from financehub.core.errors import Conflict

BY_ITSELF = "over"


class TaskClosed(Conflict):
    """Somebody has done it already."""

    code = "task_closed"


def open_task(kind: str, about: str, *, company_id: UUID | None, detail: str = "") -> StaffTask:
    """The task about this thing; one that was closed stays closed."""
    with transaction.atomic():
        task, is_new = StaffTask.objects.get_or_create(
            kind=kind,
            about=about,
            defaults={"company_id": company_id, "detail": detail[:200], "opened_at": clock.now()},
        )
        if is_new:
            target = Target("staff_task", task.pk, {"kind": kind})
            record("billing.task_opened", by=SYSTEM, on=target, company_id=company_id)
    return task


def reopen_task(kind: str, about: str, *, detail: str = "") -> StaffTask:
    """The task about something that may come back, e.g. what differs in the catalogue: open again, with the news."""
    task = open_task(kind, about, company_id=None, detail=detail)
    StaffTask.objects.filter(pk=task.pk).update(
        closed_at=None, closed_by=None, outcome="", detail=detail[:200]
    )
    task.refresh_from_db()
    return task


def settle(kind: str, about: str, *, outcome: str = BY_ITSELF) -> None:
    """The thing is over, whoever ended it."""
    open_ones = StaffTask.objects.filter(kind=kind, about=about, closed_at=None)
    open_ones.update(closed_at=clock.now(), outcome=outcome)


def close_task(task: StaffTask, *, outcome: str, by: Actor) -> StaffTask:
    """A person has done it. Raises TaskClosed."""
    with transaction.atomic():
        own = StaffTask.objects.filter(pk=task.pk, closed_at=None)
        if not own.update(closed_at=clock.now(), closed_by=by.id, outcome=outcome):
            raise TaskClosed
        target = Target("staff_task", task.pk, {"kind": task.kind, "outcome": outcome})
        record("billing.task_closed", by=by, on=target, company_id=task.company_id)
    task.refresh_from_db()
    return task
