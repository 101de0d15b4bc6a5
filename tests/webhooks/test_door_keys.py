"""Which secrets open a door: settings and rotation, several at a time, each for its time."""

from datetime import timedelta

import pytest
from tests.webhooks.knocks import SECRET, body, knock

from financehub.core import clock
from financehub.webhooks import door_keys
from financehub.webhooks.models import WebhookSecret
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db


def make_secret(secret, **fields):
    values = {"source": "pluggy", "fingerprint": door_keys.fingerprint(secret), "created_at": clock.now()}
    return WebhookSecret.objects.create(**{**values, "value": secret, **fields})


class TestKeysOf:
    def test_are_our_own_first_and_then_those_of_the_settings(self):
        make_secret("new")
        keys = door_keys.keys_of(PLUGGY)
        assert (keys.values, keys.unconfirmed) == (("new", SECRET), "new")

    def test_are_read_again_before_a_stranger_is_refused(self, monkeypatch):
        assert knock(body()).status_code == 202
        make_secret("made-by-another-process")
        monkeypatch.setattr(door_keys, "READ_AGAIN_SECONDS", 0)
        assert knock(body(), secret="made-by-another-process").status_code == 202

    def test_hold_no_secret_whose_time_is_over(self):
        past = clock.now() - timedelta(seconds=1)
        make_secret("old", expires_at=past)
        make_secret(SECRET, value=None, expires_at=past)
        assert door_keys.keys_of(PLUGGY).values == ()


class TestConfirm:
    def test_happens_with_the_first_delivery_that_proves_the_new_secret(self):
        door_keys.note_settings(PLUGGY)
        new = make_secret("new")

        assert knock(body(), secret="new").status_code == 202

        new.refresh_from_db()
        old = WebhookSecret.objects.get(fingerprint=door_keys.fingerprint(SECRET))
        assert new.confirmed_at is not None
        assert clock.now() < old.expires_at < clock.now() + timedelta(minutes=2)

    def test_is_not_what_a_delivery_with_the_old_secret_does(self):
        new = make_secret("new")
        assert knock(body()).status_code == 202
        new.refresh_from_db()
        assert new.confirmed_at is None


class TestAges:
    def test_count_from_the_first_time_a_secret_of_the_settings_was_seen(self):
        door_keys.note_settings(PLUGGY)
        (age,) = door_keys.ages(PLUGGY)
        assert not age.is_mature

    def test_are_mature_after_ninety_days(self):
        WebhookSecret.objects.all().delete()
        make_secret("x", created_at=clock.now() - timedelta(days=90))
        assert [age.is_mature for age in door_keys.ages(PLUGGY)] == [True]

    def test_forget_what_the_settings_dropped(self, settings):
        door_keys.note_settings(PLUGGY)
        settings.PLUGGY_WEBHOOK_SECRET = ["another"]
        assert door_keys.ages(PLUGGY) == []


class TestARow:
    def test_of_a_secret_from_the_settings_holds_no_value(self):
        door_keys.note_settings(PLUGGY)
        row = WebhookSecret.objects.get()
        assert row.value is None
        assert SECRET not in row.fingerprint
