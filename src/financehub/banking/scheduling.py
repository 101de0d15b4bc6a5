"""What the clock asks of banking: look at Items, sync what moved, take up what a dead worker left."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from financehub.audit.recording import SYSTEM
from financehub.banking import (
    collecting,
    observing,
    pacing,
    pluggy,
    rawstore,
    renewing,
    requesting,
    verifying,
)
from financehub.banking.models import Item, Sync
from financehub.banking.models.items import ItemQuerySet
from financehub.banking.problems import Schedule, code_of, problem_of
from financehub.banking.quotas import timing
from financehub.banking.syncing import MAX_ATTEMPTS, WORKER_DIED
from financehub.core import clock, events, jobs
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.pluggy.shapes.items import ItemStatus

LOST_AFTER = timedelta(seconds=30)
LOOK_PATIENCE = timedelta(minutes=5)
BATCH = 500
EVENTS_LAST = timedelta(days=7)  # a page open for longer reads itself anew

log = structlog.get_logger()


def look_at_all() -> int:
    """Ask about every live connection, rows being read only where the vendor has news; how many."""
    items = Item.objects.across_companies().connected()
    return _look_at(timing.due_for_a_look(items, at=clock.now()))


def look_at_stale() -> int:
    """The same for connections with failures or old data; those that wait for a person are left alone."""
    stale = Item.objects.across_companies().failing_or_stale(at=clock.now())
    return _look_at(stale.exclude(status=ItemStatus.LOGIN_ERROR))


def sync_all_in_full() -> int:
    """The daily look-back of every connection that a person need not mend first; how many."""
    count = 0
    for item in Item.objects.across_companies().connected().iterator(chunk_size=BATCH):
        problem = problem_of(item)
        if problem is None or problem.schedule not in {Schedule.PAUSE, Schedule.END}:
            count += bool(requesting.offer_sync(item=item, trigger=Sync.Trigger.TIMER, by=SYSTEM, full=True))
    return count


def check_consents() -> int:
    """Mirror the consents of every live connection and keep alive those that end; how many answered.

    One's trouble is not the others'.
    """
    vendor, count = pluggy.client(), 0
    for item in Item.objects.across_companies().connected().iterator(chunk_size=BATCH):
        try:
            seen = observing.observe_item(item=item, trigger=Sync.Trigger.TIMER)
            collecting.collect_consents(seen, vendor)
            renewing.renew_if_expiring(seen, vendor)
        except PluggyError as error:
            log.warning("consents_not_read", item_id=str(item.pk), code=code_of(error))
        else:
            count += 1
    return count


def check_months() -> int:
    """Ask for the nightly check of every live connection; how many."""
    ids = list(Item.objects.across_companies().connected().values_list("pk", flat=True))
    for item_id in ids:
        jobs.enqueue("banking.check_months_of", item_id=str(item_id))
    return len(ids)


def check_months_of(item_id: UUID) -> int:
    """Count and sum of one connection's months against the vendor; how many months differed."""
    item = Item.objects.across_companies().connected().select_related("connector").filter(pk=item_id).first()
    if item is None:
        return 0
    try:
        return len(verifying.verify_item(item=item, vendor=pluggy.client()))
    except PluggyError as error:
        log.warning("months_not_checked", item_id=str(item_id), code=code_of(error))
        return 0


def sweep() -> int:
    """Offer again what is due and unclaimed, and what a dead worker held; how many rows were moved."""
    at = clock.now()
    moved = _take_over_dead_syncs()
    moved += pacing.offer_waiting(due_by=at - LOST_AFTER)
    running = Item.objects.across_companies().connected().filter(observed_at__lte=at - LOST_AFTER)
    running = running.exclude(status__in=[ItemStatus.UPDATED, ItemStatus.OUTDATED, ItemStatus.LOGIN_ERROR])
    for item_id in running.values_list("pk", flat=True)[:BATCH]:
        observing.watch(item_id)
        moved += 1
    moved += _look_again() + _look_at_unread(at)
    rawstore.drop_expired(at=at)
    events.forget_before(at - EVENTS_LAST)
    return moved


def take_up_after_restart() -> int:
    """For the one worker of an installation, as it starts: whatever runs was held by its dead predecessor."""
    at = clock.now()
    running = Sync.objects.across_companies().filter(status=Sync.Status.RUNNING)
    running.update(lease_until=at - timedelta(seconds=1))
    return _take_over_dead_syncs() and pacing.offer_waiting(due_by=at)


def _take_over_dead_syncs() -> int:
    at, moved = clock.now(), 0
    dead = Sync.objects.across_companies().filter(status=Sync.Status.RUNNING, lease_until__lt=at)
    for sync in dead[:BATCH]:
        with transaction.atomic():
            if sync.attempts >= MAX_ATTEMPTS:
                taken = sync.try_move_to(
                    Sync.Status.FAILED, finished_at=at, lease_until=None, error_code=WORKER_DIED
                )
            else:
                taken = sync.try_move_to(Sync.Status.PENDING, due_at=at - LOST_AFTER, lease_until=None)
            if taken:
                events.publish(sync.company_id, "sync", sync.pk)
        moved += taken
    return moved


def _look_at_unread(at: datetime) -> int:
    """Connections with news that nobody asked to read: a worker died between seeing it and asking.

    After a failed reading the timers come again, not the sweeper.
    """
    latest = Sync.objects.across_companies().filter(item=OuterRef("pk")).order_by("-requested_at")
    news = Q(read_up_to__isnull=True) | ~Q(read_up_to=F("last_updated_at"))
    unread = Item.objects.across_companies().connected().filter(news, last_updated_at__isnull=False)
    unread = unread.filter(observed_at__lte=at - LOST_AFTER).annotate(
        latest=Subquery(latest.values("status")[:1])
    )
    unread = unread.filter(Q(latest__isnull=True) | Q(latest=Sync.Status.SUCCEEDED))
    return _look_at(unread[:BATCH])


def _look_again() -> int:
    """Ask how failing connections are when their time has come; the next time is set by what is then seen."""
    at = clock.now()
    due = Item.objects.across_companies().connected().filter(look_again_at__lte=at)
    ids = list(due.values_list("pk", flat=True)[:BATCH])
    Item.objects.across_companies().filter(pk__in=ids).update(look_again_at=at + LOOK_PATIENCE)
    for item_id in ids:
        jobs.enqueue("banking.observe_item", item_id=str(item_id), trigger=Sync.Trigger.TIMER.value)
    return len(ids)


def _look_at(items: ItemQuerySet) -> int:
    ids = list(items.values_list("pk", flat=True))
    for item_id in ids:
        jobs.enqueue("banking.observe_item", item_id=str(item_id), trigger=Sync.Trigger.TIMER.value)
    return len(ids)
