"""What becomes of an event: handled, ignored, tried again, or dead with its reason."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from tests.webhooks.knocks import ITEM, body
from tests.webhooks.rows import make_event

from financehub.core import clock, crypto, locks
from financehub.webhooks import concluding, handling
from financehub.webhooks.models import PaymentMirror, WebhookEvent

pytestmark = pytest.mark.django_db
Status = WebhookEvent.Status


@pytest.fixture
def silent_pluggy(settings):
    """An address where nobody answers."""
    settings.PLUGGY_BASE_URL = "http://127.0.0.1:9"
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "nobody"
    settings.PLUGGY_ATTEMPTS = 1


def payment(number):
    return body("payment_intent/created", itemId=None, paymentIntentId=str(UUID(int=number)))


def refreshed(*events):
    rows = WebhookEvent.objects.defer("body").in_bulk([event.pk for event in events])
    return [rows[event.pk] for event in events]


def handled(event):
    handling.handle_event(str(event.pk))
    event.refresh_from_db()
    return event


class TestHandleEvent:
    def test_ends_a_payment_event_as_ignored_with_the_reason(self):
        event = handled(make_event(body("payment_intent/created")))

        assert (event.status, event.last_error) == (Status.IGNORED, "names nothing")
        assert event.handled_at is not None
        assert event.lease_until is None

    def test_keeps_a_type_it_does_not_know_as_ignored(self):
        event = handled(make_event(body("moon/landed")))

        assert (event.status, event.last_error) == (Status.IGNORED, "unknown type")

    def test_does_nothing_twice(self):
        event = handled(make_event(body("boleto/updated")))
        first = event.handled_at

        assert handled(event).handled_at == first
        assert event.attempts == 1

    def test_does_nothing_for_an_event_that_is_gone(self):
        handling.handle_event(ITEM)

    def test_comes_back_later_when_pluggy_does_not_answer(self, silent_pluggy):
        before = clock.now()
        event = handled(make_event(body("item/updated")))

        assert (event.status, event.attempts) == (Status.FAILED, 1)
        assert "PluggyUnavailable" in event.last_error
        assert before + timedelta(seconds=2) < event.due_at < clock.now() + timedelta(seconds=6)

    def test_gives_up_visibly_after_the_last_attempt(self, silent_pluggy):
        event = handled(make_event(body("item/updated"), attempts=concluding.MAX_ATTEMPTS - 1))

        assert (event.status, event.attempts) == (Status.DEAD, concluding.MAX_ATTEMPTS)
        assert "PluggyUnavailable" in event.last_error

    def test_writes_a_bug_down_before_raising_it(self):
        event = make_event(body("item/updated"), source="nobody")

        with pytest.raises(KeyError):
            handled(event)

        event.refresh_from_db()
        assert (event.status, event.last_error) == (Status.FAILED, "KeyError")

    def test_gives_up_on_an_event_that_keeps_killing_its_worker(self):
        past = clock.now() - timedelta(seconds=1)
        event = make_event(status=Status.PROCESSING, lease_until=past, attempts=concluding.MAX_ATTEMPTS)

        assert handled(event).status == Status.DEAD
        assert event.last_error == "the worker ended without an outcome"


class TestOneObjectAtATime:
    def test_leaves_an_event_waiting_while_its_item_is_busy(self):
        event = make_event(body("item/updated"))

        with locks.lease(f"webhook:item:{ITEM}"):
            handled(event)

        assert (event.status, event.attempts) == (Status.RECEIVED, 0)

    def test_takes_up_what_waited_once_the_item_is_free(self, django_capture_on_commit_callbacks):
        first = make_event(body("smart_transfer_payment/error"))
        waiting = make_event(body("smart_transfer_payment/completed"))

        with django_capture_on_commit_callbacks(execute=True):
            handled(first)

        waiting.refresh_from_db()
        assert waiting.status == Status.IGNORED

    def test_takes_up_what_a_dead_worker_left_behind(self, django_capture_on_commit_callbacks):
        past = clock.now() - timedelta(seconds=1)
        first = make_event(body("smart_transfer_payment/error"))
        orphan = make_event(body("moon/landed"), status=Status.PROCESSING, attempts=1, lease_until=past)

        with django_capture_on_commit_callbacks(execute=True):
            handled(first)

        orphan.refresh_from_db()
        assert (orphan.status, orphan.attempts) == (Status.IGNORED, 2)

    def test_goes_on_with_the_next_event_after_a_bug(self, django_capture_on_commit_callbacks):
        broken = make_event(body("item/updated"), source="nobody")
        waiting = make_event(body("moon/landed"))

        with django_capture_on_commit_callbacks(execute=True), pytest.raises(KeyError):
            handled(broken)

        waiting.refresh_from_db()
        assert waiting.status == Status.IGNORED

    def test_never_lets_a_poisoned_event_block_its_item(self, silent_pluggy):
        poisoned = handled(make_event(body("item/updated")))
        other = handled(make_event(body("boleto/updated")))

        assert (poisoned.status, other.status) == (Status.FAILED, Status.IGNORED)

    def test_takes_everything_that_waits_for_the_item_at_once(self, silent_pluggy):
        first, other_type = make_event(body("item/updated")), make_event(body("boleto/updated"))
        elsewhere = make_event(body("boleto/updated", itemId=str(uuid4())))

        assert handled(first).status == Status.FAILED

        assert [row.status for row in refreshed(other_type, elsewhere)] == [Status.IGNORED, Status.RECEIVED]

    def test_takes_nobody_along_with_an_event_over_which_workers_died(self):
        past = clock.now() - timedelta(seconds=1)
        suspect = make_event(status=Status.PROCESSING, attempts=2, lease_until=past)
        innocent = make_event()

        handled(suspect)

        suspect, innocent = refreshed(suspect, innocent)
        assert (innocent.status, innocent.attempts) == (Status.IGNORED, 1)
        assert (suspect.status, suspect.attempts) == (Status.PROCESSING, 2)
        assert handled(suspect).status == Status.IGNORED


class TestHandleLocal:
    def test_ends_all_that_asks_nobody_in_few_statements(self):
        for number in range(1, 301):
            make_event(payment(number))
        asking = make_event(body("item/updated"))

        with CaptureQueriesContext(connection) as queries:
            handling.handle_local()

        assert PaymentMirror.objects.count() == 300
        assert dict(WebhookEvent.objects.values_list("status").annotate(Count("pk"))) == {
            Status.HANDLED: 300,
            Status.RECEIVED: 1,
        }
        assert refreshed(asking)[0].attempts == 0
        assert len(queries) < 20

    def test_leaves_what_is_about_a_busy_object_and_does_the_rest(self, monkeypatch):
        monkeypatch.setattr(handling, "AT_ONCE", 2)
        waiting = [make_event() for _ in range(5)]
        free = [make_event(payment(number)) for number in range(1, 4)]

        with locks.leases({f"webhook:item:{ITEM}"}, seconds=60):
            handling.handle_local()

        assert {row.status for row in refreshed(*waiting)} == {Status.RECEIVED}
        assert {row.status for row in refreshed(*free)} == {Status.HANDLED}

    def test_keeps_a_bad_event_from_harming_the_good_ones(self, settings):
        good = [make_event(payment(number)) for number in range(1, 4)]
        bad = make_event(payment(4))
        ring = settings.FINANCEHUB_KEYS
        settings.FINANCEHUB_KEYS = f"other:{crypto.new_key()}"
        WebhookEvent.objects.filter(pk=bad.pk).update(body="{}")
        settings.FINANCEHUB_KEYS = ring

        with pytest.raises(crypto.Undecipherable):
            handling.handle_local()

        assert {row.status for row in refreshed(*good)} == {Status.HANDLED}
        bad = refreshed(bad)[0]
        assert (bad.status, bad.last_error) == (Status.FAILED, "Undecipherable")

    def test_has_nothing_to_do_with_nothing(self):
        handling.handle_local()
