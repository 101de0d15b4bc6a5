"""What the clock asks of banking: which Items and what of each; and taking up what a dead worker left."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from financehub.audit.recording import SYSTEM
from financehub.banking import (
    allotting,
    collecting,
    observing,
    pacing,
    pluggy,
    rawstore,
    renewing,
    requesting,
    retrying,
    verifying,
)
from financehub.banking.models import Item, Sync
from financehub.banking.models.items import ItemQuerySet
from financehub.banking.noticing import news
from financehub.banking.problems import Schedule, problem_of
from financehub.banking.quotas import timing
from financehub.core import clock, jobs
from financehub.providers.pluggy.shapes.items import ItemStatus

LOST_AFTER = timedelta(seconds=30)
LOOK_PATIENCE = timedelta(minutes=5)
BATCH = 500


def items_to_look_at() -> list[UUID]:
    """Live connections about which the vendor may have news."""
    items = Item.objects.across_companies().connected()
    return _ids(timing.due_for_a_look(items, at=clock.now()))


def stale_items() -> list[UUID]:
    """Connections with failures or old data; those that wait for a person are left alone."""
    stale = Item.objects.across_companies().failing_or_stale(at=clock.now())
    return _ids(stale.exclude(status=ItemStatus.LOGIN_ERROR))


def connected_items() -> list[UUID]:
    """Every live connection."""
    return _ids(Item.objects.across_companies().connected())


def items_for_full_sync() -> list[UUID]:
    """Live connections that a person need not mend first."""
    items = Item.objects.across_companies().connected().iterator(chunk_size=BATCH)
    return [item.pk for item in items if not _waits_for_a_person(item)]


def _waits_for_a_person(item: Item) -> bool:
    problem = problem_of(item)
    return problem is not None and problem.schedule in {Schedule.PAUSE, Schedule.END}


def sync_in_full(item_id: UUID) -> bool:
    """The daily look-back of one connection; whether it was asked for."""
    item = _connected(item_id)
    if item is None or _waits_for_a_person(item):
        return False
    return requesting.offer_sync(item=item, trigger=Sync.Trigger.TIMER, by=SYSTEM, full=True) is not None


def check_consents_of(item_id: UUID) -> None:
    """Mirror one connection's consents and keep alive those that end. Raises PluggyError."""
    item = _connected(item_id)
    if item is None:
        return
    vendor = pluggy.client()
    with suppress(observing.ItemRemoved):
        seen = observing.observe_item(item=item, trigger=Sync.Trigger.TIMER)
        collecting.collect_consents(seen, vendor)
        renewing.renew_if_expiring(seen, vendor)


def check_months_of(item_id: UUID) -> int:
    """Count and sum of one connection's months against the vendor; how many differed. Raises PluggyError."""
    item = _connected(item_id)
    return len(verifying.verify_item(item=item, vendor=pluggy.client())) if item else 0


def _connected(item_id: UUID) -> Item | None:
    items = Item.objects.across_companies().connected().select_related("connector", "company")
    return items.filter(pk=item_id).first()


def _ids(items: ItemQuerySet) -> list[UUID]:
    return list(items.values_list("pk", flat=True))


def clean_up() -> int:
    """Forget the vendor's pages whose time of keeping is over; how many."""
    return rawstore.drop_expired(at=clock.now())


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
    moved += _look_again() + _look_at_unread(at) + allotting.take_back()
    return moved + news.sweep()


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
        moved += retrying.take_over(sync, soonest=LOST_AFTER)
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
