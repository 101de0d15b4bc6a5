"""Not too much at once: at most three syncs run together, and their starts are half a second apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Case, Value, When

from financehub.banking.models import Sync
from financehub.core import clock, jobs, locks
from financehub.core.models import Lease

ROOM = "sync-room"  # a row that whoever counts the running ones holds
SLOTS = 3
LONGEST_TURN = 4  # starts' gaps that one waits for its turn, for each slot


def may_start() -> bool:
    """Whether it is worth trying to claim one more. A dead worker's Sync counts until its lease ends, no longer."""
    return _has_room() and _take_turn() and _has_room()


@contextmanager
def room() -> Iterator[bool]:
    """Whether one more may run, and for the block nobody else may count: claim inside it."""
    with transaction.atomic():
        Lease.objects.bulk_create(
            [Lease(name=ROOM, holder="", expires_at=clock.now())], ignore_conflicts=True
        )
        Lease.objects.select_for_update().get(pk=ROOM)
        yield _has_room()


def offer_waiting(*, due_by: datetime) -> int:
    """Ask for those that are due: first what a person waits for, then what waits longest; how many were asked for.

    As many as may run together: whoever is not admitted stays waiting, and is offered again by whoever ends.
    """
    due = Sync.objects.across_companies().filter(status=Sync.Status.PENDING, due_at__lte=due_by)
    awaited = When(trigger__in=[Sync.Trigger.FIRST, Sync.Trigger.PERSON], then=Value(False))
    is_patient = Case(awaited, default=Value(True), output_field=BooleanField())
    offered = due.order_by(is_patient, "due_at").values_list("pk", flat=True)[:SLOTS]
    for sync_id in offered:
        jobs.enqueue("banking.run_sync", sync_id=str(sync_id))
    return len(offered)


def _has_room() -> bool:
    running = Sync.objects.across_companies().filter(status=Sync.Status.RUNNING, lease_until__gt=clock.now())
    return running.count() < SLOTS


def _take_turn() -> bool:
    """The lease is not given back: it runs out when the next start may come."""
    gap = settings.SYNC_START_GAP_SECONDS
    if not gap:
        return True
    try:
        locks.acquire("sync-start", seconds=gap, wait=SLOTS * LONGEST_TURN * gap)
    except locks.LockBusy:
        return False
    return True
