"""What the clock does for notifications: tell what the audit trail shows, offer what is due, forget what is old."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications import delivering, watching
from financehub.notifications.models import Notification, TelegramLink

KEPT = timedelta(days=180)


def sweep() -> int:
    """Everything due; how many deliveries were offered."""
    watching.watch()
    return delivering.sweep()


def clean_up() -> int:
    """Forget notifications of half a year ago with their deliveries, and links that ran out; how many rows."""
    at = clock.now()
    old = Notification.objects.across_companies().filter(created_at__lt=at - KEPT)
    told, _ = old.delete()
    links, _ = TelegramLink.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()
    return told + links
