"""Stripe is on where it has a key."""

import pytest

from financehub.core.errors import NotConfigured
from financehub.webhooks import stripe_account


def test_without_a_key_it_is_off(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert not stripe_account.is_configured()
    with pytest.raises(NotConfigured):
        stripe_account.notifying()


def test_with_a_key_it_calls_where_the_setting_says(stripe_api):
    assert stripe_account.is_configured()
    assert stripe_account.notifying().endpoints() == []
