"""Taking one delivery to its end: claimed by one worker, tried, told again later, given up with its reason."""

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F

from financehub.core import clock, events
from financehub.core.states import InvalidTransition
from financehub.notifications import breaking, rechecking, switching
from financehub.notifications.channels import email, push, telegram, webhook
from financehub.notifications.channels.outcomes import NoAnswer, Refused, Skipped, TargetRefused, TryAgain
from financehub.notifications.models import Delivery
from financehub.notifications.models.deliveries import Channel
from financehub.notifications.queueing import offer

SENDERS: Mapping[str, Callable[[Delivery], None]] = {
    Channel.EMAIL: email.send,
    Channel.TELEGRAM: telegram.send,
    Channel.PUSH: push.send,
    Channel.WEBHOOK: webhook.send,
}
_SECONDS, _MINUTES, _HOURS = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# Pauses after the first, second, … failed attempt; after the last one it is given up.
PAUSES: Mapping[str, tuple[timedelta, ...]] = {
    Channel.EMAIL: (1 * _MINUTES, 5 * _MINUTES, 30 * _MINUTES, 2 * _HOURS, 5 * _HOURS, 10 * _HOURS),
    Channel.TELEGRAM: (5 * _SECONDS, 1 * _MINUTES, 5 * _MINUTES, 30 * _MINUTES, 2 * _HOURS),
    Channel.PUSH: (5 * _SECONDS, 1 * _MINUTES, 5 * _MINUTES, 30 * _MINUTES, 2 * _HOURS),
    Channel.WEBHOOK: (
        5 * _SECONDS,
        5 * _MINUTES,
        30 * _MINUTES,
        2 * _HOURS,
        5 * _HOURS,
        10 * _HOURS,
        10 * _HOURS,
    ),
}
JITTER = 0.2  # a pause grows by up to this share, so that a house that comes back is not stormed
AT_ONCE = 1000

log = structlog.get_logger()


def deliver(delivery_id: str) -> Delivery | None:
    """One attempt at what is due; None when it is somebody else's, over, or not due."""
    at = clock.now()
    delivery = Delivery.objects.claim(delivery_id, at)
    if delivery is None:
        return None
    if delivery.attempts > len(PAUSES[delivery.channel]) + 1:  # only workers that died can bring it here
        _end(delivery, Delivery.Status.FAILED, "worker_died")
    elif reason := rechecking.why_not(delivery):
        _end(delivery, Delivery.Status.SKIPPED, reason)
    elif (allowed_at := rechecking.next_allowed(delivery, at)) > at:
        _put_off(delivery, allowed_at)
    elif breaking.is_silent(delivery):
        # Its place was silent a moment ago: wait, spread over a while.
        pause = timedelta(seconds=breaking.LEFT_ALONE_SECONDS * random.uniform(1, 3))  # noqa: S311 - spreading, not secrecy
        _put_off(delivery, at + pause)
    else:
        _try(delivery)
    return delivery


def _try(delivery: Delivery) -> None:
    try:
        SENDERS[delivery.channel](delivery)
    except TryAgain as later:
        if isinstance(later, NoAnswer):
            breaking.note_silence(delivery)
        _try_later(delivery, later)
    except Refused as refusal:
        if isinstance(refusal, TargetRefused):
            switching.switch_off(delivery, refusal.reason)
        _end(delivery, Delivery.Status.FAILED, refusal.reason)
    except Skipped as skipped:
        _end(delivery, Delivery.Status.SKIPPED, skipped.reason)
    else:
        _end(delivery, Delivery.Status.SENT, "")


def sweep() -> int:
    """Offer again what is due and nobody's; how many."""
    at = clock.now()
    with transaction.atomic():
        rows = Delivery.objects.across_companies()
        due = rows.to_offer(at).order_by("due_at").select_for_update(skip_locked=True)
        chosen = list(due[:AT_ONCE])
        rows.filter(pk__in=[delivery.pk for delivery in chosen]).update(offered_at=at)
        for delivery in chosen:
            offer(delivery)
    return len(chosen)


@transaction.atomic
def replay(delivery: Delivery) -> Delivery:
    """Send once more what is over, with the same id. Raises InvalidTransition while it is under way."""
    over = Delivery.objects.of(delivery.company_id).filter(pk=delivery.pk, status__in=Delivery.OVER)
    at = clock.now()
    again = {"status": Delivery.Status.WAITING, "due_at": at, "offered_at": at, "attempts": 0}
    if not over.update(**again, finished_at=None, reason="", lease_until=None):
        raise InvalidTransition(f"{delivery} is under way")
    delivery.refresh_from_db()
    offer(delivery)
    return delivery


def next_try(channel: str, attempts: int, at: datetime) -> datetime | None:
    """When to try again after that many failed attempts; None: give up."""
    pauses = PAUSES[channel]
    if attempts > len(pauses):
        return None
    return at + pauses[attempts - 1] * random.uniform(1, 1 + JITTER)  # noqa: S311 - spreading, not secrecy


def _put_off(delivery: Delivery, due_at: datetime) -> None:
    """Not now: wait until then, without a try being counted."""
    delivery.try_move_to(Delivery.Status.WAITING, due_at=due_at, attempts=F("attempts") - 1, lease_until=None)


def _try_later(delivery: Delivery, later: TryAgain) -> None:
    due_at = next_try(delivery.channel, delivery.attempts, clock.now())
    if due_at is None:
        switching.give_up(delivery, later.reason)
        _end(delivery, Delivery.Status.FAILED, later.reason)
        return
    if later.not_before is not None:
        due_at = max(due_at, later.not_before)
    delivery.try_move_to(Delivery.Status.WAITING, due_at=due_at, reason=later.reason, lease_until=None)


def _end(delivery: Delivery, status: str, reason: str) -> None:
    """The row says how it ended; whoever looks at the page of deliveries sees it at once."""
    with transaction.atomic():
        if not delivery.try_move_to(status, finished_at=clock.now(), reason=reason, lease_until=None):
            return
        events.publish(delivery.company_id, "delivery", delivery.pk)
    if status == Delivery.Status.FAILED:
        log.warning("delivery_failed", delivery_id=str(delivery.pk), channel=delivery.channel, reason=reason)
