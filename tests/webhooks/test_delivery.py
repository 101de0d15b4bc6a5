"""The whole way: the simulators' deliveries over HTTP to the real door, down to what they change here."""

import time

import httpx
import pytest
from django.db import connections
from tests.webhooks.knocks import SECRET

from financehub.audit.recording import SYSTEM
from financehub.banking import connecting
from financehub.banking.models import Account, Item, Transaction
from financehub.billing.models import Customer
from financehub.core import clock
from financehub.webhooks import offering, registering, rotating
from financehub.webhooks.models import WebhookAlert, WebhookEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def registered(simulator, live_server, settings, monkeypatch):
    monkeypatch.setitem(
        connections.settings["default"], "CONN_MAX_AGE", 0
    )  # the server's threads outlive the test
    settings.PLUGGY_WEBHOOK_URL = f"{live_server.url}/api/webhooks/pluggy"
    settings.PLUGGY_WEBHOOK_SECRET = [SECRET]
    registering.register_pluggy()
    return simulator


def eventually(check, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.1)
    return False


def all_is_handled():
    offering.offer()  # as the clock does: what failed for a moment comes back
    return not WebhookEvent.objects.exclude(status__in=["handled", "ignored"]).exists()


class TestAConnectionWhoseTabWasClosed:
    def test_arrives_by_webhook_with_its_accounts_and_rows(self, registered, bakery, ana, by_ana):
        connecting.start_connection(company=bakery, user=ana, by=by_ana)
        registered.connect(bakery)

        assert eventually(lambda: Transaction.objects.of(bakery).exists())

        assert Item.objects.of(bakery).get().created_by == ana
        assert Account.objects.of(bakery).count() >= 2
        assert eventually(all_is_handled)
        assert "item/created" in WebhookEvent.objects.values_list("type", flat=True)


class TestDuplicates:
    def test_of_every_delivery_are_stored_once(self, registered, bakery, ana, by_ana):
        httpx.patch(f"{registered.url}/_control/switches", json={"webhookDuplicates": 2}).raise_for_status()
        connecting.start_connection(company=bakery, user=ana, by=by_ana)
        registered.connect(bakery)

        assert eventually(lambda: Transaction.objects.of(bakery).exists())
        assert eventually(all_is_handled)
        ids = list(WebhookEvent.objects.values_list("external_id", flat=True))
        assert len(ids) == len(set(ids)) > 0
        assert Item.objects.of(bakery).count() == 1


class TestStripesDeliveries:
    @pytest.fixture
    def listening(self, stripe_api, live_server, settings, monkeypatch):
        monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        settings.STRIPE_WEBHOOK_URL = f"{live_server.url}/api/webhooks/stripe"
        registering.register_stripe()
        return stripe_api

    def test_open_the_door_with_the_secret_that_was_kept_and_change_what_they_are_about(
        self, listening, bakery
    ):
        api = listening.client().v1
        vendor = api.customers.create({"name": "Ana"})
        Customer.objects.create(company=bakery, stripe_id=vendor.id, created_at=clock.now())
        method = api.payment_methods.attach("pm_card_mastercard", {"customer": vendor.id})
        api.customers.update(vendor.id, {"invoice_settings": {"default_payment_method": method.id}})
        listening.control("/settle")

        assert eventually(all_is_handled)
        assert Customer.objects.of(bakery).get().card_last4 == "4444"
        sent = {row["event"] for row in listening.told("/deliveries")}
        assert set(WebhookEvent.objects.values_list("external_id", flat=True)) == sent != set()

    def test_under_an_old_and_a_new_secret_both_are_taken(self, listening):
        rotating.rotate("stripe", by=SYSTEM)
        listening.client().v1.customers.create({"name": "Ana"})
        listening.control("/settle")

        states = [row["state"] for row in listening.told("/deliveries")]
        assert states == ["delivered"] * 2
        assert WebhookEvent.objects.count() == 1
        assert WebhookAlert.objects.count() == 0
