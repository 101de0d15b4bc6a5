"""A run made of many: a row for each subject, due at its own place in the window, a few at a time.

Only `offer` gives tickets, under the run's lock, so that never more than `together` parts are out; a ticket is used
once, and a part whose worker died is offered again when its lease ends.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet

from financehub.core import clock, jobs
from financehub.timetable import endings, entries, leases
from financehub.timetable.entries import Entry
from financehub.timetable.models import TaskPart, TaskRun

TICKET_SECONDS = 60  # for a message to reach a worker
TRIES = 3
PAUSE = timedelta(minutes=1)
BATCH = 500

log = structlog.get_logger()


def place_of(name: str, subject: str) -> float:
    """Where in the window a subject has its place: from 0 up to 1, the same every day."""
    digest = hashlib.sha256(f"{name}:{subject}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def spread(run: TaskRun, entry: Entry, subjects: Iterable[object]) -> None:
    """Write a part for every subject, and offer the first. Raises InvalidTransition when the run was given up."""
    parts, names = entry.parts, list(dict.fromkeys(str(subject) for subject in subjects))
    if parts is None or not names:
        endings.end(run, TaskRun.Status.DONE, result=0)
        return
    window, start = parts.window_for(len(names)), clock.now()
    rows = [
        TaskPart(
            run=run,
            task=parts.task,
            argument=parts.argument,
            subject=name,
            due_at=start + window * place_of(entry.name, name),
        )
        for name in names
    ]
    with transaction.atomic():
        TaskPart.objects.bulk_create(rows, batch_size=BATCH)
        run.move_to(TaskRun.Status.SPREAD, lease_until=None, parts=len(names), result=len(names))
    offer(run.pk, at=clock.now())


def offer_all(at: datetime) -> int:
    """Offer the due parts of every run that has some; how many."""
    runs = TaskRun.objects.filter(status=TaskRun.Status.SPREAD).values_list("pk", flat=True)
    return sum(offer(run_id, at=at) for run_id in runs)


def offer(run_id: UUID, *, at: datetime) -> int:
    """As many due parts as may be out, the longest due first; how many. Ends the run when none is left."""
    with transaction.atomic():
        runs = TaskRun.objects.select_for_update(no_key=True).filter(pk=run_id, status=TaskRun.Status.SPREAD)
        run = runs.first()
        if run is None:
            return 0
        parts = TaskPart.objects.filter(run=run)
        _give_up(run, parts.filter(attempts__gte=TRIES, lease_until__lte=at))
        room = _together(run) - parts.filter(lease_until__gt=at).count()
        free = parts.filter(Q(lease_until=None) | Q(lease_until__lte=at), due_at__lte=at).order_by(
            "due_at", "pk"
        )
        chosen = list(free[: max(0, room)])
        for part in chosen:
            part.ticket, part.lease_until = secrets.token_hex(16), at + timedelta(seconds=TICKET_SECONDS)
            part.save(update_fields=["ticket", "lease_until"])
            jobs.enqueue("timetable.run_part", part_id=str(part.pk), ticket=part.ticket)
        _end_if_over(run)
    return len(chosen)


def _together(run: TaskRun) -> int:
    parts = next((entry.parts for entry in entries.table() if entry.name == run.name), None)
    return parts.together if parts else 1


def _lease_of(run: TaskRun) -> timedelta:
    seconds = next((entry.lease for entry in entries.table() if entry.name == run.name), TICKET_SECONDS)
    return timedelta(seconds=seconds)


def run_part(part_id: UUID, ticket: str) -> bool:
    """Do one part if the ticket is still good, then let the next one come; whether it was done."""
    part = TaskPart.objects.select_related("run").filter(pk=part_id, ticket=ticket).first()
    if part is None:
        return False
    lease, mine = _lease_of(part.run), secrets.token_hex(16)
    at = clock.now()
    claimed = TaskPart.objects.filter(pk=part_id, ticket=ticket, lease_until__gt=at).update(
        ticket=mine, lease_until=at + lease, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    part.refresh_from_db()
    error = _attempt(part, lease)
    with transaction.atomic():
        done = _settle(part, error)
    offer(part.run_id, at=clock.now())
    return done


def _attempt(part: TaskPart, lease: timedelta) -> str:
    """Do it; what went wrong, empty for nothing."""
    try:
        with leases.kept(partial(_renew, part.pk, part.ticket, lease), seconds=lease.total_seconds()):
            current_app.tasks[part.task].run(**{part.argument: part.subject})
    except Exception as error:  # noqa: BLE001 - one subject's trouble is not the others'
        described = endings.described(error)
        log.warning("timed_part_failed", task=part.task, subject=part.subject, error=described)
        return described
    return ""


def _renew(part_id: UUID, ticket: str, lease: timedelta) -> bool:
    return bool(TaskPart.objects.filter(pk=part_id, ticket=ticket).update(lease_until=clock.now() + lease))


def _settle(part: TaskPart, error: str) -> bool:
    """Done, put back for another try, or given up; a ticket that another holds by now changes nothing."""
    TaskRun.objects.select_for_update(no_key=True).get(pk=part.run_id)
    mine = TaskPart.objects.filter(pk=part.pk, ticket=part.ticket)
    if not error:
        gone, _ = mine.delete()
        TaskRun.objects.filter(pk=part.run_id).update(parts_done=F("parts_done") + gone)
        return bool(gone)
    TaskRun.objects.filter(pk=part.run_id).update(error=error)
    if part.attempts < TRIES:
        mine.update(due_at=clock.now() + PAUSE * part.attempts, ticket="", lease_until=None)
    else:
        gone, _ = mine.delete()
        TaskRun.objects.filter(pk=part.run_id).update(parts_failed=F("parts_failed") + gone)
    return False


def _give_up(run: TaskRun, parts: QuerySet[TaskPart]) -> None:
    """Parts whose worker died at the last try."""
    gone, _ = parts.delete()
    if gone:
        TaskRun.objects.filter(pk=run.pk).update(
            parts_failed=F("parts_failed") + gone, error=endings.WORKER_DIED
        )


def _end_if_over(run: TaskRun) -> None:
    if TaskPart.objects.filter(run=run).exists():
        return
    run.refresh_from_db()
    failed = run.parts_failed == run.parts
    endings.end(
        run, TaskRun.Status.FAILED if failed else TaskRun.Status.DONE, result=run.parts_done, error=run.error
    )
