"""Without a key there is no Stripe; with one, its mode is known by its name."""

import pytest

from financehub.billing import stripe_account


def test_is_off_without_a_key(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert not stripe_account.is_configured()
    with pytest.raises(stripe_account.StripeIsOff):
        stripe_account.account()


@pytest.mark.parametrize(("key", "is_live"), [("sk_live_x", True), ("rk_live_x", True), ("sk_test_x", False)])
def test_knows_its_mode(settings, key, is_live):
    settings.STRIPE_SECRET_KEY = key
    assert stripe_account.is_live() is is_live


def test_is_one_client_a_process(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    assert stripe_account.account() is stripe_account.account()
