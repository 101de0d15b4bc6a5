"""One row per event, by one statement, with whatever standing its content gives it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.webhooks.knocks import body

from financehub.core import clock
from financehub.webhooks import storing
from financehub.webhooks.models import WebhookAlert, WebhookEvent
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db


def store(content):
    return storing.store(PLUGGY, PLUGGY.read(content), json.dumps(content).encode(), {"User-Agent": "x"})


class TestStore:
    def test_writes_one_statement(self):
        store(body())  # takes the permits of this minute
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert store(body()).is_new
        assert len(queries) == 1

    def test_writes_every_field_as_the_model_reads_it(self):
        sent, before = body(), clock.now()
        key = store(sent).event_id
        event = WebhookEvent.objects.get(pk=key)
        assert json.loads(event.body) == sent
        assert event.headers == {"User-Agent": "x"}
        assert before <= event.received_at == event.due_at <= clock.now() + timedelta(seconds=1)
        assert (event.attempts, event.company_id, event.lease_until) == (0, None, None)

    def test_answers_with_the_row_that_was_there(self):
        sent = body()
        first, second = store(sent), store(sent)
        assert (second.event_id, second.is_new) == (first.event_id, False)

    def test_keeps_the_other_content_of_the_same_id_sealed_in_an_alert(self):
        sent = body()
        first = store(sent)
        store({**sent, "event": "item/deleted"})
        alert = WebhookAlert.objects.get()
        assert (str(alert.event_id), json.loads(alert.body)["event"]) == (first.event_id, "item/deleted")

    def test_wakes_nobody_for_what_waits(self, settings, django_capture_on_commit_callbacks):
        settings.PLUGGY_CLIENT_ID = "ours"
        with django_capture_on_commit_callbacks() as callbacks:
            store(body(clientId="theirs"))
        assert callbacks == []
