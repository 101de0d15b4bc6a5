"""Claiming: one holder, for the length of a lease."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications.models import Delivery
from financehub.notifications.models.deliveries import LEASE, OFFERED_AGAIN_AFTER


def test_a_claim_is_exclusive_until_its_lease_ends(make_delivery):
    delivery, at = make_delivery(), clock.now()
    first = Delivery.objects.claim(str(delivery.pk), at)
    assert (first.status, first.attempts) == ("sending", 1)
    assert Delivery.objects.claim(str(delivery.pk), at) is None
    again = Delivery.objects.claim(str(delivery.pk), at + LEASE)
    assert again.attempts == 2


def test_what_is_over_or_not_due_cannot_be_claimed(make_delivery):
    at = clock.now()
    for status in Delivery.OVER:
        assert Delivery.objects.claim(str(make_delivery(status=status).pk), at) is None
    later = make_delivery()
    assert Delivery.objects.claim(str(later.pk), at - timedelta(minutes=1)) is None


def test_what_was_offered_a_moment_ago_is_not_offered_again(make_delivery, bakery):
    at = clock.now() + timedelta(seconds=1)
    make_delivery(offered_at=at)
    rows = Delivery.objects.of(bakery)
    assert not rows.to_offer(at).exists()
    assert rows.to_offer(at + OFFERED_AGAIN_AFTER).count() == 1


def test_is_over_says_whether_anything_will_happen_by_itself(make_delivery):
    shown = {status: make_delivery(status=status).is_over for status in Delivery.Status.values}
    assert shown == {"waiting": False, "sending": False, "sent": True, "skipped": True, "failed": True}
