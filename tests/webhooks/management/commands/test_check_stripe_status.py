"""`financehub check_stripe_status` says how things stand and changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.billing.conftest import shop  # noqa: F401 - fixture

from financehub.billing.models import Subscription

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("check_stripe_status", stdout=out)
    return out.getvalue().splitlines()


def test_without_a_key_everything_is_unlimited(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert run() == ["key: none (self-hosted, everything is unlimited)"]


def test_names_mode_account_endpoint_events_and_drift(shop, settings):  # noqa: F811
    settings.STRIPE_WEBHOOK_URL = "https://hub.example.com/api/webhooks/stripe"
    shop.pay(shop.checkout())
    assert run() == [
        "key: set, test mode",
        "API version: 2026-10-28.endive",
        "account: acct_stripe_in_a_box (BR, brl)",
        "webhook endpoint: missing",
        "last event: none yet",
        "catalogue: as planned",
        "books: 3 differences",
    ]
    assert Subscription.objects.of(shop.company).count() == 0


def test_says_when_stripe_refuses(stripe_box, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    with pytest.raises(CommandError, match="Stripe refused"):
        run()
