"""Looking at an Item: re-fetch it from the vendor, mirror it, and ask for a sync when there is news."""

from datetime import timedelta
from math import ceil
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import SYSTEM, Actor
from financehub.banking import consents, pluggy, problems, requesting
from financehub.banking.mirroring import is_older, item_fields
from financehub.banking.models import Item, Sync
from financehub.banking.noticing import connections
from financehub.core import clock, events, jobs, locks
from financehub.core.errors import NotFound
from financehub.providers.pluggy.errors import PluggyNotFound
from financehub.providers.pluggy.shapes import items as shapes

LOOK_AGAIN_SECONDS = 3
# Executions mostly end within a minute; a person may take an hour. (age of the vendor's last word, pause)
PAUSES = ((timedelta(minutes=1), LOOK_AGAIN_SECONDS), (timedelta(minutes=10), 10))
LONGEST_PAUSE = 30
ITEM_DELETED = "ITEM_DELETED"


class ItemRemoved(NotFound):
    """The connection was removed here while it was being looked at."""

    code = "item_not_found"


def observe_item(*, item: Item, trigger: str = Sync.Trigger.WEBHOOK, by: Actor = SYSTEM) -> Item:
    """Copy the vendor's present state; safe to repeat. A running execution is looked at again by itself."""
    if item.is_disconnected:
        return item
    try:
        snapshot = pluggy.client().fetch_item(str(item.pluggy_id))
    except PluggyNotFound:
        return mark_gone(item)
    item = mirror(item=item, snapshot=snapshot)
    if item.is_updating or item.is_waiting_for_input or item.is_waiting_for_action:
        watch(item.pk, seconds=_pause(item))
    elif item.has_news:
        first = item.read_up_to is None
        requesting.offer_sync(item=item, trigger=Sync.Trigger.FIRST if first else trigger, by=by)
    return item


def mirror(*, item: Item, snapshot: shapes.Item) -> Item:
    """Write what the snapshot says, unless we know something newer; publishes only when something changed.

    Raises ItemRemoved.
    """
    at = clock.now()
    with transaction.atomic():
        locked = Item.objects.of(item.company_id).select_for_update(no_key=True).filter(pk=item.pk).first()
        if locked is None:
            raise ItemRemoved
        if is_older(snapshot, locked):
            return locked
        fields = item_fields(snapshot, at=at)
        changed = {name: value for name, value in fields.items() if locked.__dict__[name] != value}
        had_timed_out, failed_since = locked.timed_out, locked.failing_since
        before = problems.problem_of(locked)
        for name, value in changed.items():
            setattr(locked, name, value)
        if locked.timed_out and not had_timed_out:
            locked.timeouts += 1
        elif locked.is_healthy:
            locked.timeouts = 0
        locked.look_again_at = problems.next_look(locked, at=at)
        locked.failing_since = (locked.failing_since or at) if locked.look_again_at else None
        locked.observed_at = at
        locked.save()
        if "consent_expires_at" in changed and not consents.was_revoked(
            locked
        ):  # an end that is gone is no renewal
            consents.settle_renewals(locked, at=at)
        if changed:
            events.publish(locked.company_id, "item", locked.pk)
        connections.tell_change(locked, before, failed_since=failed_since, at=at)
    return locked


def mark_gone(item: Item) -> Item:
    """The vendor no longer has it: the connection has ended, and what it brought stays."""
    with transaction.atomic():
        gone = Item.objects.of(item.company_id).filter(pk=item.pk, disconnected_at__isnull=True)
        if gone.update(
            disconnected_at=clock.now(), error_code=ITEM_DELETED, parameter=None, user_action=None
        ):
            events.publish(item.company_id, "item", item.pk)
            connections.tell_ended(item)
    item.refresh_from_db()
    return item


def watch(item_id: UUID, *, seconds: float = LOOK_AGAIN_SECONDS) -> None:
    """Look again in a while; several who ask for the same Item at the same pace start one look."""
    if locks.try_acquire(f"watch:{item_id}:{seconds:g}", seconds=seconds - 0.5):
        jobs.enqueue_in(seconds, "banking.observe_item", item_id=str(item_id))


def _pause(item: Item) -> float:
    """Ever longer while nothing moves, but never past the end of the time that a person has to answer."""
    at = clock.now()
    age = at - (item.vendor_updated_at or at)
    pause = next((seconds for limit, seconds in PAUSES if age < limit), LONGEST_PAUSE)
    if item.action_expires_at is not None:
        left = (item.action_expires_at - at).total_seconds()
        pause = min(pause, max(LOOK_AGAIN_SECONDS, ceil(left)))
    return pause
