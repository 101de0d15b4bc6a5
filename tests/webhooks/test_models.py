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


class TestFinish:
    def test_is_refused_to_a_worker_whose_lease_another_has_taken_over(self):
        at = clock.now()
        event = make_event()
        slow = WebhookEvent.objects.claim(event.pk, at)
        fast = WebhookEvent.objects.claim(event.pk, at + LEASE)

        assert not slow.finish(Status.FAILED)
        assert fast.finish(Status.HANDLED)
        event.refresh_from_db()
        assert event.status == Status.HANDLED


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
