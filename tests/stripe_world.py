"""The Stripe simulator in a test of the product: a fresh world, our catalogue in it, and the product pointed at it."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.stripe_simulator import StripeSimulator, start


@pytest.fixture(scope="session")
def running_stripe() -> Iterator[StripeSimulator]:
    """One simulator for the whole run; its clock moves only when told."""
    process, simulator = start("--frozen")
    yield simulator
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def stripe_box(running_stripe: StripeSimulator, settings: Any) -> StripeSimulator:
    """A fresh world without products, and the product pointed at it."""
    settings.STRIPE_SECRET_KEY = running_stripe.secret_key
    settings.STRIPE_API_BASE = settings.STRIPE_FILES_BASE = running_stripe.url
    running_stripe.control("/reset")
    return running_stripe
