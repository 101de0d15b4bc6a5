"""Working events off: claim what waits for one object, call each handler once, and go on with what came meanwhile."""

from collections.abc import Callable, Sequence

from django.db import DatabaseError, DataError, IntegrityError

from financehub.core import clock, jobs, locks
from financehub.core.errors import DomainError
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import concluding, offering
from financehub.webhooks.concluding import MAX_ATTEMPTS, Events
from financehub.webhooks.desks import BY_OBJECT, DESKS, notice_of
from financehub.webhooks.models import LEASE, WebhookEvent, WebhookEventQuerySet
from financehub.webhooks.notices import Effect

AT_ONCE = 500
MOST_OF_AN_OBJECT = 2000
FROM_OUTSIDE = (PluggyError, StripeCallFailed, DomainError, DatabaseError)
OF_THE_CONTENT = (DataError, IntegrityError)


def handle_event(event_id: str) -> None:
    """Handle all that waits for the object of this event, unless somebody is at it or the event is over."""
    event = _waiting().filter(pk=event_id).first()
    if event is None:
        return
    together: Events = [event]
    if event.object_key:
        of_object = _waiting().filter(object_key=event.object_key).order_by("received_at", "pk")
        together = _without_suspects(list(of_object[:MOST_OF_AN_OBJECT]))
    _take_and_work(together)


def handle_local() -> None:
    """Handle all that asks nobody but us, many objects at a time, until nothing of it waits."""
    busy: set[str] = set()
    while True:
        waiting = _waiting().exclude(BY_OBJECT).exclude(object_key__in=busy)
        chosen = list(waiting.order_by("due_at")[:AT_ONCE])
        try:
            free = _take_and_work(chosen)
        except Exception:
            jobs.enqueue("webhooks.handle_local")  # the others are not to wait for a clock
            raise
        held = {event.object_key for event in chosen if event.object_key and event.lock_name not in free}
        if not free and held <= busy:
            return
        busy |= held


def _waiting() -> WebhookEventQuerySet:
    """What may be claimed now, without its bodies."""
    names = ("source", "type", "object_key", "status", "attempts")
    return WebhookEvent.objects.claimable(clock.now()).only(*names)


def _without_suspects(waiting: Events) -> Events:
    """An event over which workers died comes last and alone, so that it takes no other with it."""
    return [event for event in waiting if not event.is_suspect] or waiting[:1]


def _take_and_work(chosen: Events) -> set[str]:
    """Handle those whose objects are free; their locks. Whoever holds the others offers what waits for them."""
    with locks.leases({event.lock_name for event in chosen}, seconds=LEASE.total_seconds()) as free:
        keys = [event.pk for event in chosen if event.lock_name in free]
        failure = _failure_of(_work_off, WebhookEvent.objects.take(keys, clock.now()) if keys else [])
    _offer_next({event.object_key for event in chosen if event.lock_name in free} - {""})
    if failure:
        raise failure
    return free


def _offer_next(object_keys: set[str]) -> None:
    """Name what came for these objects meanwhile, or was left behind by a worker that died."""
    if object_keys:
        waiting = _waiting().filter(object_key__in=object_keys)
        offering.name_all(waiting.order_by("received_at", "pk")[:AT_ONCE])


def _work_off(events: Events) -> None:
    """Each handler gets its events at once. A bug of one does not keep the others; the first is raised at the end."""
    passes: dict[tuple[str, object], list[WebhookEvent]] = {}
    for event in events:
        desk = DESKS.get(event.source)
        handle = desk.answer_to(event.type).handle if desk else None
        passes.setdefault((event.source, handle), []).append(event)
    failures = [failure for together in passes.values() if (failure := _failure_of(_work, together))]
    if failures:
        raise failures[0]


def _work(events: Events) -> None:
    """Run the handler and write down how it ended; a bug is written down too, then raised on."""
    worn = [event for event in events if event.attempts > MAX_ATTEMPTS]
    if worn:
        concluding.give_up(worn, "the worker ended without an outcome")
    if fresh := [event for event in events if event not in worn]:
        _answer(fresh)


def _answer(events: Events) -> None:
    try:
        effects = _effects_of(events)
    except BaseException as error:
        is_outside = isinstance(error, FROM_OUTSIDE) and not isinstance(error, OF_THE_CONTENT)
        if len(events) > 1 and isinstance(error, Exception) and not is_outside:
            _answer_one_by_one(events)  # one of them is bad: the others need not suffer for it
            return
        concluding.fail(events, error)
        if not isinstance(error, FROM_OUTSIDE):
            raise
    else:
        concluding.conclude(events, effects)


def _answer_one_by_one(events: Events) -> None:
    failures = [failure for event in events if (failure := _failure_of(_answer, [event]))]
    if failures:
        raise failures[0]


def _failure_of(act: Callable[[Events], None], events: Events) -> Exception | None:
    try:
        act(events)
    except Exception as failure:  # noqa: BLE001 - raised by the caller once the others had their turn
        return failure
    return None


def _effects_of(events: Events) -> Sequence[Effect]:
    answer = DESKS[events[0].source].answer_to(events[0].type)
    effect = answer.handle([notice_of(event) for event in events])
    return [effect] * len(events) if isinstance(effect, Effect) else effect
