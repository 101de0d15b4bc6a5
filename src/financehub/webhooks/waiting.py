"""What waits in the inbox, for those who watch over the workers."""

from datetime import datetime

from financehub.timetable.backlogs import Backlog, of_rows
from financehub.webhooks.models import WebhookEvent


def look(at: datetime) -> list[Backlog]:  # noqa: ARG001 - what has come waits from then on
    """Events that nobody has taken up yet; the dead ones wait for a person."""
    dead = WebhookEvent.objects.filter(status=WebhookEvent.Status.DEAD).count()
    received = WebhookEvent.objects.filter(status=WebhookEvent.Status.RECEIVED)
    return [of_rows("webhook_event", received, "received_at", dead=dead)]
