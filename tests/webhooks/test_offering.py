"""What is due is offered to the workers: once per object, and not at every look."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.webhooks.knocks import body
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.webhooks import offering
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db
Status = WebhookEvent.Status


class TestOffer:
    def test_offers_what_a_lost_message_forgot(self, django_capture_on_commit_callbacks):
        past = clock.now() - timedelta(minutes=1)
        forgotten = make_event(due_at=past)
        orphan = make_event(status=Status.PROCESSING, attempts=1, lease_until=past, due_at=past)
        failed = make_event(status=Status.FAILED, attempts=1, due_at=past)

        with django_capture_on_commit_callbacks(execute=True):
            assert offering.offer() == 3

        for event in (forgotten, orphan, failed):
            event.refresh_from_db()
            assert event.status == Status.IGNORED

    def test_does_not_offer_the_same_event_every_time(self):
        make_event(body("item/updated"), due_at=clock.now() - timedelta(minutes=1))

        assert [offering.offer(), offering.offer()] == [1, 0]

    def test_leaves_alone_what_was_offered_a_moment_ago(self):
        make_event(body("item/updated"), due_at=clock.now() + timedelta(seconds=20))

        assert offering.offer() == 0

    def test_sends_one_message_for_all_that_asks_nobody(self, django_capture_on_commit_callbacks):
        for _ in range(5):
            make_event(body("boleto/updated", boletoId=str(uuid4()), itemId=None))

        with django_capture_on_commit_callbacks() as callbacks:
            assert offering.offer() == 5

        assert len(callbacks) == 1

    def test_names_an_object_once_however_many_of_its_events_wait(self, django_capture_on_commit_callbacks):
        for _ in range(5):
            make_event(body("item/updated"))

        with django_capture_on_commit_callbacks() as callbacks:
            assert offering.offer() == 5

        assert len(callbacks) == 1

    def test_takes_up_what_was_deferred_once_its_time_has_come(self):
        past = clock.now() - timedelta(seconds=1)
        over_limit = make_event(body("item/updated"), status=Status.DEFERRED, due_at=past)
        parked = make_event(status=Status.DEFERRED, due_at=None)

        assert offering.offer() == 1

        over_limit.refresh_from_db()
        parked.refresh_from_db()
        assert (over_limit.status, parked.status) == (Status.RECEIVED, Status.DEFERRED)
