"""Offering rows to workers: what is due is named to the broker, one message per object, however often it is lost."""

from collections.abc import Sequence

from django.db import transaction

from financehub.core import clock, jobs
from financehub.webhooks.models import OFFERED_AGAIN_AFTER, WebhookEvent

AT_ONCE = 2000


def offer() -> int:
    """Enqueue what is due and nobody's, oldest first; how many events."""
    at = clock.now()
    with transaction.atomic():
        due = WebhookEvent.objects.due(at).order_by("due_at").select_for_update(skip_locked=True)
        chosen = list(due.values_list("pk", "object_key", "status")[:AT_ONCE])
        rows = WebhookEvent.objects.filter(pk__in=[pk for pk, _, _ in chosen])
        waiting = [WebhookEvent.Status.FAILED, WebhookEvent.Status.DEFERRED]
        rows.filter(status__in=waiting).update(status=WebhookEvent.Status.RECEIVED)
        rows.update(due_at=at + OFFERED_AGAIN_AFTER)
        for event_id in _first_of_each_object(chosen):
            jobs.enqueue("webhooks.handle_event", event_id=event_id)
    return len(chosen)


def _first_of_each_object(chosen: Sequence[tuple[object, str, str]]) -> list[str]:
    """One event per object; the others of it are handled in the same pass, or offered after it."""
    firsts: dict[str, str] = {}
    for event_id, object_key, _ in chosen:
        firsts.setdefault(object_key or str(event_id), str(event_id))
    return list(firsts.values())
