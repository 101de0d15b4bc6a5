"""How a pass ended, written down: done, left alone, parked, to be tried again, or dead with its reason."""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction

from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.core.errors import DomainError
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks.desks import DESKS, notice_of
from financehub.webhooks.models import WebhookEvent, WebhookEventQuerySet
from financehub.webhooks.notices import Effect

MAX_ATTEMPTS = 8
LOOKS_BEFORE_PARKING = 3
FIRST_DELAY_SECONDS = 5
LONGEST_DELAY_SECONDS = 3600

log = structlog.get_logger()

Events = Sequence[WebhookEvent]
Status = WebhookEvent.Status


def conclude(together: Events, effects: Sequence[Effect]) -> None:
    """Write down what came of each event of the pass, and tell the live screens once."""
    outcomes: dict[Effect, list[WebhookEvent]] = {}
    for event, effect in zip(together, effects, strict=True):
        outcomes.setdefault(effect, []).append(event)
    for effect, alike in outcomes.items():
        _write_down(alike, effect)


def _write_down(alike: Events, effect: Effect) -> None:
    status, reason = Status.HANDLED, ""
    if effect.ignored_because:
        status, reason = Status.IGNORED, effect.ignored_because
    elif effect.parked_because:
        status, reason = Status.DEFERRED, effect.parked_because
    changes: dict[str, object] = {"status": status, "lease_until": None, "due_at": None, "last_error": reason}
    if effect.may_resolve and alike[0].attempts < LOOKS_BEFORE_PARKING:
        changes["due_at"] = clock.now() + timedelta(seconds=delay_seconds(alike[0].attempts))
    if not effect.parked_because:
        changes["handled_at"] = clock.now()
    if effect.company_id:
        changes["company_id"] = effect.company_id
    with transaction.atomic():
        count = _ours(alike).update(**changes)
        if count:
            publish(effect.company_id, alike[-1].pk)
    log.info(
        "webhook_handled", type=alike[0].type, event_id=str(alike[0].pk), outcome=status.value, together=count
    )


def fail(together: Events, error: BaseException) -> None:
    """Those of the pass with attempts left come back later, the others are dead; both say why."""
    first, reason = together[0], _reason(error)
    changes: dict[str, object] = {"lease_until": None, "last_error": reason}
    company_id = _tenant_of(first)
    if company_id:  # the failure is theirs to see
        changes["company_id"] = company_id
    due_at = clock.now() + timedelta(seconds=delay_seconds(first.attempts))
    with transaction.atomic():
        dead = _ours(together).filter(attempts__gte=MAX_ATTEMPTS).update(status=Status.DEAD, **changes)
        _ours(together).update(status=Status.FAILED, due_at=due_at, **changes)
        publish(company_id, first.pk)
    say = log.error if dead else log.warning
    say(
        "webhook_dead" if dead else "webhook_failed",
        type=first.type,
        event_id=str(first.pk),
        attempts=first.attempts,
        reason=reason,
        together=len(together),
    )


def give_up(worn: Events, reason: str) -> None:
    """These had their attempts: a person decides."""
    with transaction.atomic():
        _ours(worn).update(status=Status.DEAD, lease_until=None, last_error=reason)
        publish(worn[0].company_id, worn[0].pk)
    log.error(
        "webhook_dead", type=worn[0].type, event_id=str(worn[0].pk), attempts=worn[0].attempts, reason=reason
    )


def publish(company_id: UUID | None, event_id: UUID) -> None:
    """Tell the screens that show it: its company's, or those of a company that is alone here and so sees all."""
    if company_id is None:
        everybody = list(Company.objects.values_list("pk", flat=True)[:2])
        company_id = everybody[0] if len(everybody) == 1 else None
    if company_id:
        events.publish(company_id, "webhook", event_id)


def _ours(together: Events) -> WebhookEventQuerySet:
    """Unless our lease ran out and another has them now."""
    keys = [event.pk for event in together]
    return WebhookEvent.objects.filter(pk__in=keys).held(together[0].lease_until)


def _tenant_of(event: WebhookEvent) -> UUID | None:
    with suppress(Exception):  # what failed may be the very reading of it
        return event.company_id or DESKS[event.source].tenant_of(notice_of(event))
    return None


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
