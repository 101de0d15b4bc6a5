"""The door is open in these tests unless one shuts it, and nobody answers at Pluggy."""

import pytest
from tests.webhooks.knocks import SECRET


@pytest.fixture(autouse=True)
def open_door(settings):
    settings.PLUGGY_WEBHOOK_SECRET = [SECRET]
    settings.CELERY_BROKER_URL = "memory://"
