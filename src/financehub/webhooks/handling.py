"""Working events off: claim what waits for one object, call the handler once, and on failure come back later."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec
import structlog
from django.db import DatabaseError

from financehub.core import clock, events, jobs, locks
from financehub.core.errors import DomainError
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks.handlers import pluggy, stripe
from financehub.webhooks.models import LEASE, WebhookEvent
from financehub.webhooks.notices import Answer, Effect, Notice, Source
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

MAX_ATTEMPTS = 8
FIRST_DELAY_SECONDS = 5
LONGEST_DELAY_SECONDS = 3600

log = structlog.get_logger()


@dataclass(frozen=True)
class Desk:
    """One vendor's events and what we do with them; `older` maps names that older integrations still send."""

    source: Source
    answers: Mapping[str, Answer]
    older: Mapping[str, str]
    tenant_of: Callable[[Notice], UUID | None]

    def answer_to(self, event_type: str) -> Answer | None:
        return self.answers.get(self.older.get(event_type, event_type))

    def types_like(self, event_type: str) -> list[str]:
        """Every type that the same handler answers, older names included."""
        answer = self.answer_to(event_type)
        if answer is None:
            return [event_type]
        names = [*self.answers, *self.older]
        return [name for name in names if (other := self.answer_to(name)) and other.handle == answer.handle]


DESKS = {
    PLUGGY.name: Desk(PLUGGY, pluggy.ANSWERS, pluggy.OLDER_NAMES, pluggy.tenant_of),
    STRIPE.name: Desk(STRIPE, stripe.ANSWERS, {}, stripe.tenant_of),
}


def handle_event(event_id: str) -> None:
    """Handle one event, and with it all that waits for the same object and handler, unless somebody has it."""
    event = WebhookEvent.objects.claimable(clock.now()).filter(pk=event_id).first()
    if event is None:
        return
    with suppress(locks.LockBusy), _alone_with(event.object_key):
        claimed = WebhookEvent.objects.claim(event_id, clock.now())
        if claimed is not None:
            _work(claimed)


@contextmanager
def _alone_with(object_key: str) -> Iterator[None]:
    """Hold the object for the block and offer its next event afterwards, also after a bug. Raises LockBusy.

    Whoever finds it held leaves: the holder offers what waits.
    """
    if not object_key:
        yield
        return
    try:
        with locks.lease(f"webhook:{object_key}", seconds=LEASE.total_seconds()):
            yield
    except locks.LockBusy:
        raise
    except BaseException:
        _offer_next(object_key)
        raise
    _offer_next(object_key)


def _work(event: WebhookEvent) -> None:
    """Run the handler and write down how it ended; a bug is written down too, then raised on."""
    if event.attempts > MAX_ATTEMPTS:
        _give_up(event, "the worker ended without an outcome")
        return
    try:
        effect = _effect_of(event)
    except (PluggyError, StripeCallFailed, DomainError, DatabaseError) as error:
        _fail(event, error)
    except BaseException as error:
        _fail(event, error)
        raise
    else:
        _conclude(event, effect)


def _effect_of(event: WebhookEvent) -> Effect:
    desk = DESKS[event.source]
    answer = desk.answer_to(event.type)
    if answer is None:
        return Effect(ignored_because="unknown type")
    return answer.handle(_notices_of(desk, event))


def _notices_of(desk: Desk, event: WebhookEvent) -> list[Notice]:
    """This event and all that waits beside it: a burst about one object is one pass."""
    first = notice_of(event)
    company_id = event.company_id or desk.tenant_of(first)
    if company_id:  # a failure is then theirs to see
        WebhookEvent.objects.in_pass(event).filter(pk=event.pk).update(company_id=company_id)
    if not event.object_key:
        return [first]
    WebhookEvent.objects.claim_alike(event, desk.types_like(event.type), clock.now())
    together = WebhookEvent.objects.in_pass(event).order_by("received_at")
    return [notice_of(one) for one in together]


def notice_of(event: WebhookEvent) -> Notice:
    """The stored body as its source reads it, under the name we know today."""
    desk = DESKS[event.source]
    return desk.source.read(msgspec.json.decode(event.body.encode(), type=dict[str, object]))


def _conclude(event: WebhookEvent, effect: Effect) -> None:
    """Write the outcome of the whole pass down, and tell the company's live screens once."""
    status, reason = WebhookEvent.Status.HANDLED, ""
    if effect.ignored_because:
        status, reason = WebhookEvent.Status.IGNORED, effect.ignored_because
    elif effect.parked_because:
        status, reason = WebhookEvent.Status.DEFERRED, effect.parked_because
    count = WebhookEvent.objects.in_pass(event).update(
        status=status,
        lease_until=None,
        due_at=None,
        company_id=effect.company_id,
        handled_at=None if effect.parked_because else clock.now(),
        last_error=reason,
    )
    if effect.company_id:
        events.publish(effect.company_id, "webhook", event.pk)
    log.info("webhook_handled", type=event.type, event_id=str(event.pk), outcome=status.value, together=count)


def _fail(event: WebhookEvent, error: BaseException) -> None:
    """Those of the pass with attempts left come back later, the others are dead; both say why."""
    reason = _reason(error)
    tried_enough = WebhookEvent.objects.in_pass(event).filter(attempts__gte=MAX_ATTEMPTS)
    dead = tried_enough.update(status=WebhookEvent.Status.DEAD, lease_until=None, last_error=reason)
    due_at = clock.now() + timedelta(seconds=delay_seconds(event.attempts))
    WebhookEvent.objects.in_pass(event).update(
        status=WebhookEvent.Status.FAILED, lease_until=None, due_at=due_at, last_error=reason
    )
    say = log.error if dead else log.warning
    say(
        "webhook_dead" if dead else "webhook_failed",
        type=event.type,
        event_id=str(event.pk),
        attempts=event.attempts,
        reason=reason,
    )


def _give_up(event: WebhookEvent, reason: str) -> None:
    WebhookEvent.objects.in_pass(event).filter(pk=event.pk).update(
        status=WebhookEvent.Status.DEAD, lease_until=None, last_error=reason
    )
    log.error("webhook_dead", type=event.type, event_id=str(event.pk), attempts=event.attempts, reason=reason)


def _reason(error: BaseException) -> str:
    """Which error, never what it was about: messages of libraries may repeat the data."""
    if isinstance(error, PluggyError | StripeCallFailed):
        return f"{type(error).__name__}: {error}"[:200]
    if isinstance(error, DomainError):
        return f"{type(error).__name__}: {error.code}"[:200]
    return type(error).__name__[:200]


def delay_seconds(attempts: int) -> float:
    """How long to wait after the n-th failure: doubling, at most an hour, spread by a half."""
    longest: float = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS << min(attempts - 1, 20))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


def _offer_next(object_key: str) -> None:
    """Enqueue the oldest event that waited for this object, or was left behind by a worker that died."""
    waiting = (
        WebhookEvent.objects.claimable(clock.now()).filter(object_key=object_key).order_by("received_at")
    )
    following = waiting.values_list("pk", flat=True).first()
    if following is not None:
        jobs.enqueue("webhooks.handle_event", event_id=str(following))
