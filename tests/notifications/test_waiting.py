"""What waits in notifications."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications import waiting
from financehub.notifications.models import Delivery
from financehub.timetable.backlogs import Backlog


def test_deliveries_that_are_due_and_nobodys(make_delivery, bakery):
    at = clock.now()
    due = make_delivery()
    Delivery.objects.of(bakery).update(due_at=at - timedelta(minutes=7))
    make_delivery(status="sent")
    later = make_delivery()
    Delivery.objects.of(bakery).filter(pk=later.pk).update(due_at=at + timedelta(minutes=7))
    assert waiting.look(at) == [Backlog("delivery", 1, at - timedelta(minutes=7))]
    assert due.pk != later.pk
