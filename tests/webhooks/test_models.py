"""Who may take an event, and when."""

from datetime import timedelta

import pytest
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.webhooks.models import LEASE, WebhookEvent

pytestmark = pytest.mark.django_db
Status = WebhookEvent.Status


def take(event, at):
    return WebhookEvent.objects.take([event.pk], at)


class TestTake:
    def test_is_won_once(self):
        event, at = make_event(), clock.now()

        (first,) = take(event, at)

        assert (first.status, first.attempts, first.lease_until) == (Status.PROCESSING, 1, at + LEASE)
        assert take(event, at + timedelta(seconds=1)) == []

    def test_waits_for_a_failed_event_to_be_due(self):
        at = clock.now()
        event = make_event(status=Status.FAILED, due_at=at + timedelta(seconds=5))

        assert take(event, at) == []
        assert take(event, at + timedelta(seconds=5))[0].status == Status.PROCESSING

    def test_takes_over_from_a_worker_that_died(self):
        at = clock.now()
        event = make_event(status=Status.PROCESSING, attempts=1, lease_until=at)

        assert take(event, at)[0].attempts == 2

    @pytest.mark.parametrize("status", [Status.HANDLED, Status.IGNORED, Status.DEAD])
    def test_leaves_alone_what_is_over(self, status):
        assert take(make_event(status=status), clock.now()) == []

    def test_gives_many_oldest_first_and_only_what_was_free(self):
        at = clock.now()
        late = make_event(received_at=at)
        early = make_event(received_at=at - timedelta(seconds=9))
        over = make_event(status=Status.HANDLED)

        assert WebhookEvent.objects.take([late.pk, over.pk, early.pk], at) == [early, late]


class TestWhatIsHeld:
    def test_is_no_longer_that_of_a_worker_whose_lease_another_has_taken_over(self):
        at = clock.now()
        event = make_event()
        (slow,) = take(event, at)
        (fast,) = take(event, at + LEASE)

        assert not WebhookEvent.objects.held(slow.lease_until).exists()
        assert WebhookEvent.objects.held(fast.lease_until).get() == event


class TestTheLockName:
    def test_is_that_of_the_object_or_of_the_event_itself(self):
        assert make_event(object_key="item:1").lock_name == "webhook:item:1"
        alone = make_event(object_key="")
        assert alone.lock_name == f"webhook:{alone.pk}"


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
