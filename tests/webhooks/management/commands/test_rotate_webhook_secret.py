"""`rotate_webhook_secret`: says what it did, and why not."""

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_says_what_it_did_and_shows_no_secret(stripe_api, capsys):
    call_command("rotate_webhook_secret", "stripe")
    told = capsys.readouterr().out
    assert told.startswith("stripe: new secret, created we_")
    assert "whsec" not in told


def test_says_what_is_missing(settings):
    settings.PLUGGY_WEBHOOK_URL = ""
    with pytest.raises(CommandError, match="PLUGGY_WEBHOOK_URL"):
        call_command("rotate_webhook_secret", "pluggy")


def test_says_when_the_vendor_is_away(no_stripe):
    with pytest.raises(CommandError, match="stripe refused"):
        call_command("rotate_webhook_secret", "stripe")
