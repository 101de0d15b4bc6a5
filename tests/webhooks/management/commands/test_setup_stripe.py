"""`financehub setup_stripe` says what it did, and what it would not do without a key."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_makes_and_then_leaves_alone(stripe_box):
    first, second = run("setup_stripe"), run("setup_stripe")
    assert "drift: price starter_month_brl: missing or inactive" in first
    assert "price starter_month_brl: created" in first
    assert "price starter_month_brl: unchanged" in second
    assert not [line for line in second if line.startswith("drift")]


@pytest.mark.django_db
def test_makes_and_repairs_the_webhook_endpoint_and_says_what_differed(stripe_box, settings):
    settings.STRIPE_WEBHOOK_URL = "https://hub.example.com/api/webhooks/stripe"
    api = stripe_box.client().v1
    assert "webhook endpoint: created" in run("setup_stripe")
    [endpoint] = api.webhook_endpoints.list({}).data
    api.webhook_endpoints.update(endpoint.id, {"enabled_events": ["invoice.paid"], "disabled": True})
    with pytest.raises(CommandError, match="2 differences"):
        call_command("setup_stripe", "--check")
    lines = run("setup_stripe")
    assert "drift: webhook endpoint: disabled, not enabled" in lines
    assert [line for line in lines if line.startswith("drift: webhook endpoint: lacks billing_portal.")]
    assert "webhook endpoint: repaired" in lines
    assert "webhook endpoint: unchanged" in run("setup_stripe")
    call_command("setup_stripe", "--check")
    assert len(api.webhook_endpoints.list({}).data) == 1


def test_needs_a_key(settings):
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(CommandError, match="STRIPE_SECRET_KEY"):
        run("setup_stripe")


def test_says_when_stripe_refuses(stripe_box, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    with pytest.raises(CommandError, match="Stripe refused"):
        run("setup_stripe")
