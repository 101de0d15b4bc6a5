"""`register_webhooks` when Pluggy refuses."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_says_so_when_pluggy_does_not_answer(settings):
    settings.PLUGGY_WEBHOOK_URL = "http://127.0.0.1:8000/api/webhooks/pluggy"
    settings.PLUGGY_BASE_URL = "http://127.0.0.1:9"
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "nobody"
    settings.PLUGGY_ATTEMPTS = 1
    with pytest.raises(CommandError, match="Pluggy"):
        call_command("register_webhooks")
