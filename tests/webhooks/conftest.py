"""The door is open in these tests unless one shuts it, and nobody answers at Pluggy."""

import pytest
from tests import stripe_simulator
from tests.webhooks.knocks import SECRET
from tests.webhooks.stripe_knocks import STRIPE_SECRET

from financehub.webhooks import door_keys, rates


@pytest.fixture(autouse=True)
def open_door(settings):
    settings.PLUGGY_WEBHOOK_SECRET = [SECRET]
    settings.STRIPE_WEBHOOK_SECRET = [STRIPE_SECRET]
    settings.CELERY_BROKER_URL = "memory://"
    door_keys.forget()
    rates.permits.forget()


@pytest.fixture(scope="session")
def stripe_at_real_time():
    """The Stripe simulator with a clock that runs, as the freshness of signatures needs it."""
    process, simulator = stripe_simulator.start()
    yield simulator
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def stripe_api(stripe_at_real_time, settings):
    """A fresh world at Stripe, and the product pointed at it; nobody listens at our address unless a test does."""
    settings.STRIPE_API_BASE = stripe_at_real_time.url
    settings.STRIPE_SECRET_KEY = stripe_at_real_time.secret_key
    settings.STRIPE_WEBHOOK_URL = "http://127.0.0.1:9/api/webhooks/stripe"
    settings.STRIPE_WEBHOOK_SECRET = []
    stripe_at_real_time.control("/reset")
    return stripe_at_real_time


@pytest.fixture
def no_stripe(stripe_api, settings):
    """The same, but Stripe is away now."""
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
