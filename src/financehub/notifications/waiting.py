"""What waits in notifications, for those who watch over the workers."""

from datetime import datetime

from financehub.notifications.models import Delivery
from financehub.timetable.backlogs import Backlog, of_rows


def look(at: datetime) -> list[Backlog]:
    """Deliveries that are due and nobody's. One that was given up is its person's news, not the operator's."""
    return [of_rows("delivery", Delivery.objects.across_companies().claimable(at))]
