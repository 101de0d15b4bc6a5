"""The check-up of the webhook doors."""

from datetime import timedelta

import pytest
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.runtime import webhook_checks
from financehub.webhooks import door_keys, registering
from financehub.webhooks.models import WebhookSecret
from financehub.webhooks.sources.pluggy import PLUGGY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.PLUGGY_WEBHOOK_URL = settings.STRIPE_SECRET_KEY = ""
    settings.PLUGGY_WEBHOOK_SECRET = ["x"]
    door_keys.forget()


def lines():
    return [str(finding).split("\n")[0] for finding in webhook_checks.look()]


def test_says_that_all_is_well():
    assert lines() == ["ok      events     0 wait for a decision, none is late"]


def test_says_what_failed_for_good():
    make_event(status="dead")
    assert "1 failed for good" in lines()[-1]


def test_says_what_nobody_works_off():
    make_event(received_at=clock.now() - timedelta(minutes=10))
    assert "one waits since 600 s" in lines()[-1]


def test_says_how_the_subscription_stands_and_when_a_secret_is_old(simulator, settings):
    settings.PLUGGY_WEBHOOK_URL = "http://127.0.0.1:8000/api/webhooks/pluggy"
    assert "the subscription is missing" in lines()[0]
    registering.register_pluggy()
    assert "is on" in lines()[0]
    door_keys.note_settings(PLUGGY)
    WebhookSecret.objects.update(created_at=clock.now() - timedelta(days=91))
    assert "older than 90 days" in lines()[1]


def test_says_that_a_door_is_shut(simulator, settings):
    settings.PLUGGY_WEBHOOK_URL = "http://127.0.0.1:8000/api/webhooks/pluggy"
    settings.PLUGGY_WEBHOOK_SECRET = []
    door_keys.forget()
    assert any("the door is shut" in line for line in lines())


def test_asks_stripe_only_for_what_is_configured(settings):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_URL = "sk_test_x", ""
    assert "no STRIPE_WEBHOOK_URL" in lines()[0]
