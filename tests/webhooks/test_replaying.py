"""Running events again, one or many, with a line in the trail."""

import pytest
from tests.webhooks.rows import make_event

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM
from financehub.core.states import InvalidTransition
from financehub.webhooks import replaying
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.replaying import EventFilter

pytestmark = pytest.mark.django_db
Status = WebhookEvent.Status


class TestRetry:
    @pytest.mark.parametrize("status", [Status.DEAD, Status.FAILED, Status.HANDLED, Status.IGNORED])
    def test_runs_an_event_again_and_says_so_in_the_trail(self, status, django_capture_on_commit_callbacks):
        event = make_event(status=status, attempts=8, last_error="x")

        with django_capture_on_commit_callbacks(execute=True):
            replaying.retry(event, by=SYSTEM)

        event.refresh_from_db()
        assert (event.status, event.attempts) == (Status.IGNORED, 1)
        assert AuditLog.objects.get().action == "webhooks.event_retried"

    def test_refuses_while_it_waits_or_runs(self):
        event = make_event(status=Status.RECEIVED)

        with pytest.raises(InvalidTransition):
            replaying.retry(event, by=SYSTEM)
        assert not AuditLog.objects.exists()


class TestRetryAll:
    def test_runs_what_fits_the_filter_and_nothing_else(self, django_capture_on_commit_callbacks):
        dead = [make_event(status=Status.DEAD, attempts=8) for _ in range(3)]
        other = make_event(status=Status.HANDLED)
        chosen = EventFilter(source="pluggy", type="boleto/updated", status=Status.DEAD)

        with django_capture_on_commit_callbacks(execute=True):
            assert replaying.retry_all(chosen.apply(WebhookEvent.objects.all()), by=SYSTEM) == 3

        other.refresh_from_db()
        assert other.status == Status.HANDLED
        statuses = {WebhookEvent.objects.get(pk=event.pk).status for event in dead}
        assert statuses == {Status.IGNORED}
        log = AuditLog.objects.get()
        assert (log.action, log.facts) == ("webhooks.events_retried", {"count": 3})

    def test_says_nothing_when_nothing_fits(self):
        make_event(status=Status.RECEIVED)
        assert replaying.retry_all(WebhookEvent.objects.all(), by=SYSTEM) == 0
        assert not AuditLog.objects.exists()


class TestEventFilter:
    def test_finds_by_part_of_a_name_or_an_object(self):
        event = make_event(object_key="item:abc")
        make_event()
        assert list(EventFilter(text="ITEM:AB").apply(WebhookEvent.objects.all())) == [event]

    def test_knows_what_waits_for_a_person(self):
        parked = make_event(status=Status.DEFERRED, due_at=None)
        make_event(status=Status.DEFERRED)
        assert list(EventFilter(status="parked").apply(WebhookEvent.objects.all())) == [parked]
