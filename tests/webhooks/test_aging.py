"""Secrets that have grown old."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from financehub.core import clock
from financehub.webhooks import aging, door_keys
from financehub.webhooks.models import WebhookSecret
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db


def test_a_secret_is_old_after_ninety_days_unless_a_newer_one_replaces_it(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PLUGGY_WEBHOOK_SECRET = ["one", "two"]
    door_keys.note_settings(PLUGGY)
    assert aging.mature() == []
    at = clock.now()
    WebhookSecret.objects.update(created_at=at - timedelta(days=91))
    ending = WebhookSecret.objects.filter(fingerprint=door_keys.fingerprint("two"))
    ending.update(expires_at=at + timedelta(hours=1))
    assert [age.source for age in aging.mature()] == ["pluggy"]
    assert "webhook_secret_is_old" in caplog.text
    assert "one" not in [record.getMessage() for record in caplog.records]
