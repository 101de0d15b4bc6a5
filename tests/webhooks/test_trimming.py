"""What is over is forgotten after its time; what a person must decide is not."""

from datetime import timedelta

import pytest
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.webhooks import trimming
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    at = clock.now() - timedelta(days=91)
    return {"received_at": at, "handled_at": at}


class TestTrim:
    def test_deletes_what_ended_before_the_retention(self, old):
        make_event(status="handled", **old)
        make_event(status="ignored", **old)
        kept = [
            make_event(status="dead", received_at=old["received_at"]),
            make_event(status="deferred", due_at=None, received_at=old["received_at"]),
            make_event(status="handled", handled_at=clock.now()),
        ]
        assert trimming.trim() == 2
        assert set(WebhookEvent.objects.all()) == set(kept)

    def test_keeps_everything_where_the_operator_says_so(self, old, settings):
        settings.WEBHOOK_RETENTION_DAYS = 0
        make_event(status="handled", **old)
        assert trimming.trim() == 0
