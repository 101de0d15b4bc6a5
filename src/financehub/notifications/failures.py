"""What did not reach a person lately, and why: for the person's own page."""

from datetime import timedelta

from financehub.companies.models import User
from financehub.core import clock
from financehub.notifications.models import Delivery, Notification

SHOWN, LOOKED_BACK = 20, timedelta(days=30)


def of_person(person: User) -> list[Delivery]:
    """Deliveries of the last month that failed, were skipped, or failed so far; newest first."""
    mine = Notification.objects.for_person(person).filter(created_at__gt=clock.now() - LOOKED_BACK)
    rows = Delivery.objects.across_companies().filter(notification__in=mine.values("pk")).exclude(reason="")
    return list(rows.select_related("notification__company").order_by("-pk")[:SHOWN])
