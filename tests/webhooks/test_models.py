"""Who may take an event, and when."""

from datetime import timedelta

import pytest
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.webhooks.models import LEASE, WebhookEvent

pytestmark = pytest.mark.django_db
Status = WebhookEvent.Status


class TestClaim:
    def test_is_won_once(self):
        event, at = make_event(), clock.now()

        first = WebhookEvent.objects.claim(event.pk, at)
        second = WebhookEvent.objects.claim(event.pk, at)

        assert (first.status, first.attempts, first.lease_until) == (Status.PROCESSING, 1, at + LEASE)
        assert second is None

    def test_waits_for_a_failed_event_to_be_due(self):
        at = clock.now()
        event = make_event(status=Status.FAILED, due_at=at + timedelta(seconds=5))

        assert WebhookEvent.objects.claim(event.pk, at) is None
        assert WebhookEvent.objects.claim(event.pk, at + timedelta(seconds=5)).status == Status.PROCESSING

    def test_takes_over_from_a_worker_that_died(self):
        at = clock.now()
        event = make_event(status=Status.PROCESSING, attempts=1, lease_until=at)

        assert WebhookEvent.objects.claim(event.pk, at).attempts == 2

    @pytest.mark.parametrize("status", [Status.HANDLED, Status.IGNORED, Status.DEAD])
    def test_leaves_alone_what_is_over(self, status):
        assert WebhookEvent.objects.claim(make_event(status=status).pk, clock.now()) is None


class TestAPass:
    def test_is_not_that_of_a_worker_whose_lease_another_has_taken_over(self):
        at = clock.now()
        event = make_event()
        slow = WebhookEvent.objects.claim(event.pk, at)
        fast = WebhookEvent.objects.claim(event.pk, at + LEASE)

        assert not WebhookEvent.objects.in_pass(slow).exists()
        assert WebhookEvent.objects.in_pass(fast).get() == event

    def test_takes_what_waits_for_the_same_object_and_handler_along(self):
        at = clock.now()
        first, second, other_type, other_object = (
            make_event(object_key=key, type=name)
            for key, name in (("item:1", "a"), ("item:1", "b"), ("item:1", "c"), ("item:2", "a"))
        )
        claimed = WebhookEvent.objects.claim(first.pk, at)

        assert WebhookEvent.objects.claim_alike(claimed, ["a", "b"], at) == 1

        assert set(WebhookEvent.objects.in_pass(claimed)) == {first, second}
        assert {other_type, other_object} == set(WebhookEvent.objects.filter(status=Status.RECEIVED))

    def test_of_an_event_about_nothing_is_itself(self):
        at = clock.now()
        alone, other = make_event(object_key=""), make_event(object_key="")
        claimed = WebhookEvent.objects.claim(alone.pk, at)
        WebhookEvent.objects.claim(other.pk, at)

        assert WebhookEvent.objects.in_pass(claimed).get() == alone


class TestWhatWaits:
    def test_for_a_person_is_parked_and_not_open(self):
        parked = make_event(status=Status.DEFERRED, due_at=None)
        later = make_event(status=Status.DEFERRED)

        assert list(WebhookEvent.objects.parked()) == [parked]
        assert list(WebhookEvent.objects.open()) == [later]
        assert (parked.is_parked, later.is_parked) == (True, False)

    def test_is_told_by_how_long_it_took_from_the_vendors_time(self):
        at = clock.now()
        event = make_event(
            vendor_at=at - timedelta(seconds=9), received_at=at - timedelta(seconds=4), handled_at=at
        )
        assert event.seconds_to_handle == 9
        event.vendor_at = None
        assert event.seconds_to_handle == 4
        assert make_event().seconds_to_handle is None


class TestDue:
    def test_is_what_waited_long_enough_and_is_nobodys(self):
        at = clock.now()
        late = {"due_at": at - timedelta(seconds=1)}
        waiting = make_event(**late)
        orphan = make_event(status=Status.PROCESSING, lease_until=at, **late)
        make_event(due_at=at + timedelta(seconds=1))
        make_event(status=Status.PROCESSING, lease_until=at + timedelta(seconds=1), **late)
        make_event(status=Status.DEAD, **late)

        assert set(WebhookEvent.objects.due(at)) == {waiting, orphan}
