"""The client of the product, over real HTTP."""

import stripe

from financehub.providers.circuits import InMemoryCircuits
from financehub.providers.stripe.client import StripeAccount


def test_speaks_with_the_pinned_version_and_tells_nobody_else(stripe_box):
    account = StripeAccount(
        api_key=stripe_box.secret_key,
        api_version="2026-10-28.endive",
        api_base=stripe_box.url,
        circuits=InMemoryCircuits(),
    )
    assert account.account().id == "acct_stripe_in_a_box"
    assert stripe.enable_telemetry is False
