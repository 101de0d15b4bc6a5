"""Our subscription at Pluggy: made once, repaired when broken, left alone when right."""

import pytest
from tests.webhooks.knocks import SECRET

from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.shapes.webhooks import NewWebhook, WebhookChanges
from financehub.webhooks import registering
from financehub.webhooks.models import WebhookSecret

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1:8000/api/webhooks/pluggy"


@pytest.fixture(autouse=True)
def address(settings):
    settings.PLUGGY_WEBHOOK_URL = URL


def subscriptions(simulator):
    return [(row.event, row.url, row.headers, row.disabled_at) for row in simulator.client().fetch_webhooks()]


class TestRegisterPluggy:
    def test_subscribes_to_every_event_with_our_secret(self, simulator):
        assert registering.register_pluggy().outcome == "created"
        assert subscriptions(simulator) == [("all", URL, {"X-Webhook-Secret": SECRET}, None)]

    def test_changes_nothing_the_second_time(self, simulator):
        first = registering.register_pluggy()
        second = registering.register_pluggy()
        assert (second.webhook_id, second.outcome) == (first.webhook_id, "unchanged")
        assert len(subscriptions(simulator)) == 1

    def test_sends_a_new_secret(self, simulator, settings):
        registering.register_pluggy()
        settings.PLUGGY_WEBHOOK_SECRET = ["new", SECRET]
        assert registering.register_pluggy().outcome == "repaired"
        assert subscriptions(simulator) == [("all", URL, {"X-Webhook-Secret": "new"}, None)]

    def test_wakes_a_subscription_that_pluggy_switched_off(self, simulator):
        made = registering.register_pluggy()
        simulator.client().update_webhook(made.webhook_id, WebhookChanges(enabled=False))
        assert registering.register_pluggy().outcome == "repaired"
        assert subscriptions(simulator)[0][3] is None

    def test_leaves_the_subscriptions_of_others_alone(self, simulator):
        simulator.client().create_webhook(NewWebhook(event="item/created", url="http://127.0.0.1:9/other"))
        registering.register_pluggy()
        assert len(subscriptions(simulator)) == 2

    def test_needs_an_address_and_a_secret(self, simulator, settings):
        settings.PLUGGY_WEBHOOK_SECRET = []
        with pytest.raises(NotConfigured):
            registering.register_pluggy()
        settings.PLUGGY_WEBHOOK_SECRET, settings.PLUGGY_WEBHOOK_URL = [SECRET], ""
        with pytest.raises(NotConfigured):
            registering.register_pluggy()
        assert subscriptions(simulator) == []


class TestCheckPluggy:
    def test_tells_missing_from_broken_from_right(self, simulator):
        assert registering.check_pluggy().outcome == "missing"
        made = registering.register_pluggy()
        assert registering.check_pluggy().outcome == "unchanged"
        simulator.client().update_webhook(made.webhook_id, WebhookChanges(enabled=False))
        assert registering.check_pluggy().outcome == "broken"


def endpoints(stripe_api):
    return list(stripe_api.client().v1.webhook_endpoints.list().data)


class TestRegisterStripe:
    def test_makes_an_endpoint_of_our_version_for_exactly_our_events_and_keeps_its_secret(self, stripe_api):
        assert registering.register_stripe().outcome == "created"

        (endpoint,) = endpoints(stripe_api)
        assert endpoint.api_version == "2026-10-28.endive"
        assert sorted(endpoint.enabled_events) == registering.STRIPE_EVENTS
        assert len(registering.STRIPE_EVENTS) == 99
        secret = WebhookSecret.objects.get(source="stripe")
        assert secret.value.startswith("whsec_")
        assert secret.vendor_id == endpoint.id

    def test_changes_nothing_the_second_time_and_mends_what_is_broken(self, stripe_api):
        made = registering.register_stripe()
        assert registering.register_stripe().outcome == "unchanged"
        changes = {"disabled": True, "enabled_events": ["invoice.paid"]}
        stripe_api.client().v1.webhook_endpoints.update(made.webhook_id, changes)
        assert registering.check_stripe().outcome == "broken"
        assert registering.register_stripe().outcome == "repaired"
        assert registering.check_stripe().outcome == "unchanged"
        assert [endpoint.status for endpoint in endpoints(stripe_api)] == ["enabled"]

    def test_makes_another_where_it_cannot_know_the_secret(self, stripe_api):
        wanted = {
            "url": "http://127.0.0.1:9/api/webhooks/stripe",
            "enabled_events": ["*"],
            "api_version": "2026-10-28.endive",
        }
        stripe_api.client().v1.webhook_endpoints.create(wanted)
        assert registering.check_stripe().outcome == "missing"
        assert registering.register_stripe().outcome == "created"

    def test_needs_an_address(self, stripe_api, settings):
        settings.STRIPE_WEBHOOK_URL = ""
        with pytest.raises(NotConfigured):
            registering.register_stripe()
