"""The door is open in these tests unless one shuts it, and nobody answers at Pluggy."""

import pytest
from tests.webhooks.knocks import SECRET
from tests.webhooks.stripe_knocks import STRIPE_SECRET

from financehub.webhooks import door_keys


@pytest.fixture(autouse=True)
def open_door(settings):
    settings.PLUGGY_WEBHOOK_SECRET = [SECRET]
    settings.STRIPE_WEBHOOK_SECRET = [STRIPE_SECRET]
    settings.CELERY_BROKER_URL = "memory://"
    door_keys.forget()
