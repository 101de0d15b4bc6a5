"""Forgetting what is over: old bodies hold personal data, and nobody replays them."""

from datetime import timedelta

from django.conf import settings

from financehub.core import clock
from financehub.webhooks.models import WebhookEvent

AT_ONCE = 1000
OVER = (WebhookEvent.Status.HANDLED, WebhookEvent.Status.IGNORED)


def trim() -> int:
    """Delete events that ended longer ago than the retention; what failed or is parked waits for a person."""
    days = settings.WEBHOOK_RETENTION_DAYS
    if days <= 0:
        return 0
    before = clock.now() - timedelta(days=days)
    old = WebhookEvent.objects.filter(status__in=OVER, received_at__lt=before, handled_at__lt=before)
    chosen = list(old.order_by("received_at").values_list("pk", flat=True)[:AT_ONCE])
    WebhookEvent.objects.filter(pk__in=chosen, status__in=OVER).delete()
    return len(chosen)
