"""The door is open in these tests unless one shuts it, and nobody answers at Pluggy."""

import pytest
from tests.webhooks import stripe_stub
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


@pytest.fixture
def stripe_api(settings):
    """Stripe's side of webhooks, and the product pointed at it."""
    with stripe_stub.running() as stub:
        settings.STRIPE_API_BASE, settings.STRIPE_SECRET_KEY = stub.url, "sk_test_x"
        settings.STRIPE_WEBHOOK_URL = "https://hub.example.com/api/webhooks/stripe"
        settings.STRIPE_WEBHOOK_SECRET = []
        yield stub
