"""What never arrived is asked for, and heals."""

import json
from datetime import timedelta

import pytest
from tests.banking.stories import connect
from tests.webhooks.stripe_knocks import signed_header, stripe_knock

from financehub.banking import connecting
from financehub.banking.models import Connector, Item, Sync
from financehub.core import clock
from financehub.webhooks import reconciling, registering
from financehub.webhooks.models import ReconcileMark, WebhookEvent, WebhookSecret

pytestmark = pytest.mark.django_db


class TestPluggysItems:
    def test_that_nobody_looked_at_are_observed_and_synced(self, simulator, bakery):
        bank = connect(simulator, bakery)
        long_ago = clock.now() - timedelta(hours=2)
        Item.objects.across_companies().update(
            status="OUTDATED", vendor_updated_at=None, observed_at=long_ago
        )

        assert reconciling.look_at_items(unseen_for=timedelta(hours=1)) == 1
        assert reconciling.look_at_items(unseen_for=timedelta(hours=1)) == 0

        bank.item.refresh_from_db()
        assert bank.item.status == "UPDATED"
        assert Sync.objects.across_companies().count() == 1

    def test_that_were_connected_while_we_were_away_are_linked(self, simulator, bakery, ana, by_ana):
        simulator.client()
        import_items_list(simulator)
        connecting.start_connection(company=bakery, user=ana, by=by_ana)
        simulator.connect(bakery)

        assert reconciling.adopt_missed_items() == 1
        assert Item.objects.of(bakery).get().created_by == ana
        assert reconciling.adopt_missed_items() == 0

    def test_are_left_alone_where_pluggy_lists_none(self, simulator, bakery, ana, by_ana):
        connecting.start_connection(company=bakery, user=ana, by=by_ana)
        simulator.connect(bakery)
        assert reconciling.adopt_missed_items() == 0


class TestConnectors:
    def test_whose_health_changed_without_a_word_are_mirrored(self, simulator, bakery):
        connect(simulator, bakery)
        Connector.objects.update(health_status="OFFLINE")
        assert reconciling.look_at_connectors() == 1
        assert Connector.objects.get(pk=2).health_status == "ONLINE"
        assert reconciling.look_at_connectors() == 0


def import_items_list(simulator):
    """Switch the vendor's opt-in list of Items on."""
    simulator.switch(itemsList=True)


def asked_since(stripe_api):
    """From when on the events were asked for, oldest call first."""
    calls = stripe_api.told("/requests?path=/v1/events")
    assert {call["params"]["delivery_success"] for call in calls} == {"false"}
    return [int(call["params"]["created"]["gte"]) for call in calls]


class TestStripesEvents:
    def test_that_were_never_delivered_come_into_the_same_inbox_once(self, stripe_api):
        registering.register_stripe()
        stripe_api.control("/switches", webhook_loss=1)
        api = stripe_api.client().v1
        for name in ("missed", "told"):
            api.customers.create({"name": name})
        told, missed = [row.to_dict(for_json=True) for row in api.events.list({"type": "customer.created"})]
        secret = WebhookSecret.objects.get().value
        raw = json.dumps(told).encode()
        assert stripe_knock(raw, header=signed_header(raw, secret=secret)).status_code == 202

        assert reconciling.fetch_undelivered() == 1
        assert reconciling.fetch_undelivered() == 0

        event = WebhookEvent.objects.get(external_id=missed["id"])
        assert (event.status, event.type) == ("received", "customer.created")
        assert WebhookEvent.objects.count() == 2

    def test_that_arrived_are_not_asked_for_again(self, stripe_api, live_server, settings):
        settings.STRIPE_WEBHOOK_URL = f"{live_server.url}/api/webhooks/stripe"
        registering.register_stripe()
        stripe_api.client().v1.customers.create({"name": "Ana"})
        stripe_api.control("/settle")
        before = WebhookEvent.objects.count()
        assert (before > 0, reconciling.fetch_undelivered()) == (True, 0)
        assert WebhookEvent.objects.count() == before

    def test_are_asked_for_thirty_days_back_first_and_then_since_the_last_time(self, stripe_api):
        reconciling.fetch_undelivered()
        first = asked_since(stripe_api)
        reconciling.fetch_undelivered()
        second = asked_since(stripe_api)[len(first) :]
        now = clock.now().timestamp()
        assert len(first) == len(second) == 5  # twenty types at a time
        assert all(29.9 * 86400 < now - since < 30 * 86400 for since in first)
        assert all(3.9 * 86400 < now - since < 4.1 * 86400 for since in second)

    def test_wait_for_a_stripe_that_is_away(self, no_stripe):
        assert reconciling.fetch_undelivered() == 0
        assert not ReconcileMark.objects.exists()


def test_nothing_is_asked_where_nothing_is_configured(settings):
    settings.PLUGGY_CLIENT_ID = settings.STRIPE_SECRET_KEY = ""
    assert reconciling.reconcile() == 0
