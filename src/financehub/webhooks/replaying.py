"""Running stored events again, one or many, because a person said so; always in the trail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.core import clock, events
from financehub.webhooks import waking
from financehub.webhooks.models import WebhookEvent, WebhookEventQuerySet

MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class EventFilter:
    """Which events; an empty field means any. `text` is part of a type, an id or an object's key."""

    source: str = ""
    status: str = ""
    type: str = ""
    text: str = ""
    since: datetime | None = None

    def apply(self, rows: WebhookEventQuerySet) -> WebhookEventQuerySet:
        """The rows that fit."""
        exact = {"source": self.source, "type": self.type}
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        if self.status == PARKED:
            rows = rows.parked()
        elif self.status:
            rows = rows.filter(status=self.status)
        if self.since:
            rows = rows.filter(received_at__gte=self.since)
        if self.text:
            rows = rows.about(self.text)
        return rows


PARKED = "parked"


def retry(event: WebhookEvent, *, by: Actor) -> None:
    """Run an event again, whatever became of it. Raises InvalidTransition while it waits or runs."""
    with transaction.atomic():
        event.move_to(WebhookEvent.Status.RECEIVED, **_afresh(clock.now()))
        target = Target("webhook_event", event.pk, {"type": event.type})
        record("webhooks.event_retried", by=by, on=target, company_id=event.company_id)
        if event.company_id:
            events.publish(event.company_id, "webhook", event.pk)
        transaction.on_commit(waking.ring)


def retry_all(rows: WebhookEventQuerySet, *, by: Actor, company_id: UUID | None = None) -> int:
    """Run every one of these again that does not wait or run already, at most 10,000; how many."""
    over = [
        status
        for status, targets in WebhookEvent.TRANSITIONS.items()
        if WebhookEvent.Status.RECEIVED in targets
    ]
    with transaction.atomic():
        chosen = list(rows.filter(status__in=over).values_list("pk", flat=True)[:MOST_AT_ONCE])
        again = WebhookEvent.objects.filter(pk__in=chosen, status__in=over)
        count = again.update(status=WebhookEvent.Status.RECEIVED, **_afresh(clock.now()))
        if count:
            target = Target("webhook_event", "many", {"count": count})
            record("webhooks.events_retried", by=by, on=target, company_id=company_id)
            transaction.on_commit(waking.ring)
    return count


def _afresh(at: datetime) -> dict[str, object]:
    return {"attempts": 0, "due_at": at, "lease_until": None, "handled_at": None, "last_error": ""}
