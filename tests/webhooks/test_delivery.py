"""The whole way: the simulator's deliveries over HTTP to the real door, with the tab closed before the callback."""

import time

import httpx
import pytest
from django.db import connections
from tests.webhooks.knocks import SECRET

from financehub.banking import connecting
from financehub.banking.models import Account, Item, Transaction
from financehub.webhooks import registering
from financehub.webhooks.models import WebhookEvent

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
