"""Offering rows to workers: what is due is named to the broker, one message per object, however often it is lost."""

from collections.abc import Iterable

from django.db import transaction

from financehub.core import clock, jobs
from financehub.webhooks.desks import BY_OBJECT, READING
from financehub.webhooks.models import OFFERED_AGAIN_AFTER, WebhookEvent

AT_ONCE = 2000


def offer() -> int:
    """Hand what is due and nobody's to the workers, oldest first; how many events, at most 2,000 of a kind."""
    at = clock.now()
    local = WebhookEvent.objects.due(at).exclude(BY_OBJECT)[:AT_ONCE].count()
    if local:
        jobs.enqueue("webhooks.handle_local")
    return local + _offer_by_object()


def _offer_by_object() -> int:
    """One message for each object whose handler asks the vendor; not again before the message had its time."""
    at = clock.now()
    with transaction.atomic():
        due = WebhookEvent.objects.due(at).filter(BY_OBJECT).select_for_update(skip_locked=True)
        chosen = list(due.order_by("due_at").only("pk", "object_key", "status", "attempts")[:AT_ONCE])
        rows = WebhookEvent.objects.filter(pk__in=[event.pk for event in chosen])
        waiting = [WebhookEvent.Status.FAILED, WebhookEvent.Status.DEFERRED]
        rows.filter(status__in=waiting).update(status=WebhookEvent.Status.RECEIVED)
        rows.update(due_at=at + OFFERED_AGAIN_AFTER)
        name_all(chosen)
    return len(chosen)


def name_all(waiting: Iterable[WebhookEvent]) -> None:
    """One message per object, whose other events are handled in the same pass; one for all that ask nobody."""
    firsts: dict[str, str] = {}
    for event in waiting:
        key = event.lock_name if event.type in READING or event.is_suspect else ""
        firsts.setdefault(key, str(event.pk))
    for key, event_id in firsts.items():
        if key:
            jobs.enqueue("webhooks.handle_event", event_id=event_id)
        else:
            jobs.enqueue("webhooks.handle_local")
