"""What the clock does for the inbox."""

from datetime import timedelta

import pytest
from tests.webhooks.knocks import SECRET
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.webhooks import counting, door_keys, sweeping
from financehub.webhooks.models import WebhookEvent, WebhookRefusal, WebhookSecret

pytestmark = pytest.mark.django_db


def test_the_sweep_offers_counts_notes_and_trims(django_capture_on_commit_callbacks):
    past = clock.now() - timedelta(days=100)
    forgotten = make_event(due_at=past)
    over = make_event(status="handled", handled_at=past, received_at=past)
    counting.count("pluggy", "size")

    with django_capture_on_commit_callbacks(execute=True):
        assert sweeping.sweep() == 1

    forgotten.refresh_from_db()
    assert forgotten.status == "ignored"
    assert not WebhookEvent.objects.filter(pk=over.pk).exists()
    assert WebhookRefusal.objects.get().count == 1
    assert WebhookSecret.objects.filter(fingerprint=door_keys.fingerprint(SECRET)).exists()
