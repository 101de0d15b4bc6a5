"""Asking for a sync: join the open one, or open one; never two of one Item."""

from django.db import IntegrityError, transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking.models import Account, Item, Sync
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core import clock, events, jobs
from financehub.core.errors import Conflict


class NeedsReconnect(Conflict):
    """The bank no longer accepts this connection: the person must reconnect first."""

    code = "needs_reconnect"


class NeedsAnswer(Conflict):
    """The bank waits for the person's answer before it collects anything."""

    code = "needs_answer"


class StillUpdating(Conflict):
    """The bank is being read right now."""

    code = "still_updating"


class NotConnected(Conflict):
    """The account belongs to no live connection: there is nothing to sync."""

    code = "not_connected"


def request_sync(*, item: Item, trigger: str, by: Actor, full: bool = False) -> Sync:
    """The open Sync of the Item: widened while it waits, told to run again while it runs, else a new one.

    Raises LimitReached when the company's plan allows no syncing (its trial is over).
    """
    entitlements.require(item.company, Deed.SYNC)
    with transaction.atomic():
        sync = _join(item, full=full) or _open(item, trigger, full=full) or _join(item, full=full)
        if sync is None:
            raise Conflict("the open sync ended while it was being joined")
        if trigger == Sync.Trigger.PERSON:
            _hasten(sync)
        if by.kind == "user":
            target = Target("sync", sync.pk, {"trigger": trigger})
            record("open_finance.sync_requested", by=by, on=target, company_id=item.company_id)
    return sync


def offer_sync(*, item: Item, trigger: str, by: Actor, full: bool = False) -> Sync | None:
    """The same where nobody waits for an answer: None when the plan allows no syncing."""
    if not entitlements.may(item.company, Deed.SYNC).is_allowed:
        return None
    return request_sync(item=item, trigger=trigger, by=by, full=full)


def check_and_request(*, account: Account, by: Actor) -> Sync:
    """A person's sync of one account: the Item's state first. Raises what the person must do instead."""
    if account.item is None:
        raise NotConnected
    return check_item_and_request(item=account.item, by=by)


def check_item_and_request(*, item: Item, by: Actor) -> Sync:
    """The same for everything one connection holds."""
    if item.is_disconnected:
        raise NotConnected
    if item.needs_reconnect:
        raise NeedsReconnect(item_id=str(item.pk))
    if item.is_waiting_for_input or item.is_waiting_for_action:
        raise NeedsAnswer(item_id=str(item.pk))
    return request_sync(item=item, trigger=Sync.Trigger.PERSON, by=by, full=True)


def _join(item: Item, *, full: bool) -> Sync | None:
    sync = Sync.objects.of(item.company_id).open().filter(item=item).select_for_update(no_key=True).first()
    if sync is None:
        return None
    if sync.status == Sync.Status.RUNNING:
        sync.again, sync.again_is_full = True, sync.again_is_full or full
        sync.save(update_fields=["again", "again_is_full"])
    elif full and not sync.is_full:
        sync.is_full = True
        sync.save(update_fields=["is_full"])
    return sync


def _hasten(sync: Sync) -> None:
    """A person watches now: they hear of its end, and do not wait for the next attempt of one that failed."""
    at, changed = clock.now(), []
    if sync.trigger == Sync.Trigger.TIMER:
        sync.trigger = Sync.Trigger.PERSON
        changed.append("trigger")
    if sync.status == Sync.Status.PENDING and sync.due_at > at:
        sync.due_at = at
        changed.append("due_at")
        jobs.enqueue("banking.run_sync", sync_id=str(sync.pk))
    if changed:
        sync.save(update_fields=changed)
        events.publish(sync.company_id, "sync", sync.pk)


def _open(item: Item, trigger: str, *, full: bool) -> Sync | None:
    at = clock.now()
    try:
        with transaction.atomic():
            sync = Sync.objects.create(
                company_id=item.company_id,
                item=item,
                trigger=trigger,
                is_full=full,
                due_at=at,
                requested_at=at,
            )
    except IntegrityError:
        return None
    jobs.enqueue("banking.run_sync", sync_id=str(sync.pk))
    if trigger != Sync.Trigger.TIMER:  # nobody waits for a routine that may find nothing
        events.publish(item.company_id, "sync", sync.pk)
    return sync
