"""Working an event off: claim it, call its handler, and on failure come back later or give up visibly."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import msgspec
import structlog
from django.db import DatabaseError, transaction

from financehub.audit.recording import Actor, Target, record
from financehub.core import clock, jobs, locks
from financehub.core.errors import DomainError
from financehub.providers.pluggy.errors import PluggyError
from financehub.webhooks.handlers import pluggy
from financehub.webhooks.models import LEASE, OFFERED_AGAIN_AFTER, WebhookEvent
from financehub.webhooks.notices import Effect, Handler, Notice, Source
from financehub.webhooks.sources.pluggy import PLUGGY

SOURCES: dict[str, tuple[Source, dict[str, Handler]]] = {PLUGGY.name: (PLUGGY, pluggy.HANDLERS)}
MAX_ATTEMPTS = 8
FIRST_DELAY_SECONDS = 5
LONGEST_DELAY_SECONDS = 3600
SWEEP_SIZE = 500

log = structlog.get_logger()


def handle_event(event_id: str) -> None:
    """Handle one event unless it is over or somebody has it; events of one object go one at a time."""
    event = WebhookEvent.objects.claimable(clock.now()).filter(pk=event_id).first()
    if event is None:
        return
    try:
        with _alone_with(event.object_key):
            claimed = WebhookEvent.objects.claim(event_id, clock.now())
            if claimed is not None:
                _work(claimed)
    except locks.LockBusy:
        return  # whoever holds the object enqueues the next event when done
    _offer_next(event)


@contextmanager
def _alone_with(object_key: str) -> Iterator[None]:
    if not object_key:
        yield
        return
    with locks.lease(f"webhook:{object_key}", seconds=LEASE.total_seconds()):
        yield


def _work(event: WebhookEvent) -> None:
    """Run the handler and write down how it ended; a bug is written down too, then raised on."""
    if event.attempts > MAX_ATTEMPTS:
        _give_up(event, "the worker ended without an outcome")
        return
    try:
        effect = _effect_of(event)
    except (PluggyError, DomainError, DatabaseError) as error:
        _fail(event, error)
    except BaseException as error:
        _fail(event, error)
        raise
    else:
        _conclude(event, effect)


def _effect_of(event: WebhookEvent) -> Effect:
    source, handlers = SOURCES[event.source]
    handler = handlers.get(event.type)
    if handler is None:
        return Effect(ignored_because="unknown type")
    return handler(notice_of(source, event))


def notice_of(source: Source, event: WebhookEvent) -> Notice:
    """The stored body as its source reads it."""
    return source.read(msgspec.json.decode(event.body.encode(), type=dict[str, object]))


def _conclude(event: WebhookEvent, effect: Effect) -> None:
    status = WebhookEvent.Status.IGNORED if effect.ignored_because else WebhookEvent.Status.HANDLED
    company_id = effect.company_id
    event.finish(status, company_id=company_id, handled_at=clock.now(), last_error=effect.ignored_because)
    log.info("webhook_handled", type=event.type, event_id=str(event.pk), outcome=status.value)


def _fail(event: WebhookEvent, error: BaseException) -> None:
    reason = _reason(error)
    if event.attempts >= MAX_ATTEMPTS:
        _give_up(event, reason)
        return
    due_at = clock.now() + timedelta(seconds=delay_seconds(event.attempts))
    event.finish(WebhookEvent.Status.FAILED, due_at=due_at, last_error=reason)
    log.warning(
        "webhook_failed", type=event.type, event_id=str(event.pk), attempts=event.attempts, reason=reason
    )


def _give_up(event: WebhookEvent, reason: str) -> None:
    event.finish(WebhookEvent.Status.DEAD, last_error=reason)
    log.error("webhook_dead", type=event.type, event_id=str(event.pk), attempts=event.attempts, reason=reason)


def _reason(error: BaseException) -> str:
    """Which error, never what it was about: messages of libraries may repeat the data."""
    if isinstance(error, PluggyError):
        return f"{type(error).__name__}: {error}"[:200]
    if isinstance(error, DomainError):
        return f"{type(error).__name__}: {error.code}"[:200]
    return type(error).__name__[:200]


def delay_seconds(attempts: int) -> float:
    """How long to wait after the n-th failure: doubling, at most an hour, spread by a half."""
    longest: float = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS << (attempts - 1))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


def _offer_next(done: WebhookEvent) -> None:
    """Enqueue the oldest event that waited for this one's object."""
    if not done.object_key:
        return
    status = WebhookEvent.Status.RECEIVED
    waiting = WebhookEvent.objects.filter(object_key=done.object_key, status=status).order_by("received_at")
    following = waiting.values_list("pk", flat=True).first()
    if following is not None:
        jobs.enqueue("webhooks.handle_event", event_id=str(following))


def sweep() -> int:
    """Enqueue what is due and nobody's, oldest first; how many."""
    at = clock.now()
    due = list(WebhookEvent.objects.due(at).order_by("due_at").values_list("pk", flat=True)[:SWEEP_SIZE])
    with transaction.atomic():
        WebhookEvent.objects.claimable(at).filter(pk__in=due).exclude(
            status=WebhookEvent.Status.FAILED
        ).update(due_at=at + OFFERED_AGAIN_AFTER)
        for event_id in due:
            jobs.enqueue("webhooks.handle_event", event_id=str(event_id))
    return len(due)


def retry(event: WebhookEvent, *, by: Actor) -> None:
    """Run an event again, whatever became of it. Raises InvalidTransition while it waits or runs."""
    with transaction.atomic():
        at = clock.now()
        event.move_to(
            WebhookEvent.Status.RECEIVED,
            attempts=0,
            due_at=at,
            lease_until=None,
            handled_at=None,
            last_error="",
        )
        target = Target("webhook_event", event.pk, {"type": event.type})
        record("webhooks.event_retried", by=by, on=target, company_id=event.company_id)
        jobs.enqueue("webhooks.handle_event", event_id=str(event.pk))
