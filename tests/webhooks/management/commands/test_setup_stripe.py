"""`financehub setup_stripe` says what it did, and what it would not do without a key."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue().splitlines()


def test_makes_and_then_leaves_alone(stripe_box):
    first, second = run("setup_stripe"), run("setup_stripe")
    assert "drift: price starter_month_brl: missing or inactive" in first
    assert "price starter_month_brl: created" in first
    assert "price starter_month_brl: unchanged" in second
    assert not [line for line in second if line.startswith("drift")]


def test_needs_a_key(settings):
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(CommandError, match="STRIPE_SECRET_KEY"):
        run("setup_stripe")


def test_says_when_stripe_refuses(stripe_box, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    with pytest.raises(CommandError, match="Stripe refused"):
        run("setup_stripe")
