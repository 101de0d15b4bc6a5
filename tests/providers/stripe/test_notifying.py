"""Stripe's calls about webhooks, over real HTTP."""

from datetime import UTC, datetime

import pytest
from tests.webhooks import stripe_stub

from financehub.providers.stripe.errors import StripeUnavailable
from financehub.providers.stripe.notifying import Notifying

VERSION = "2026-10-28.endive"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def stub():
    with stripe_stub.running() as running:
        yield running


@pytest.fixture
def calls(stub):
    return Notifying(api_key="sk_test_x", api_base=stub.url, api_version=VERSION)


class TestEndpoints:
    def test_are_made_listed_repaired_and_deleted(self, calls, stub):
        made = calls.create_endpoint("https://x.example/hook", ["invoice.paid"])
        assert (made.secret, made.api_version, made.events) == ("whsec_we_1", VERSION, ("invoice.paid",))
        assert "whsec" not in repr(made)
        assert [found.id for found in calls.endpoints()] == ["we_1"]
        assert calls.endpoints()[0].secret == ""
        assert calls.repair_endpoint("we_1", "https://x.example/hook", ["a.b"]).events == ("a.b",)
        calls.delete_endpoint("we_1")
        calls.delete_endpoint("we_1")
        assert stub.endpoints == {}


class TestUndelivered:
    def test_asks_twenty_types_at_a_time(self, calls, stub):
        names = [f"a.{number}" for number in range(45)]
        stub.events = [{"id": "evt_1", "object": "event", "type": "a.44"}]
        assert [event["id"] for event in calls.undelivered(names, SINCE)] == ["evt_1"]
        assert len(stub.asked) == 3

    def test_says_when_stripe_is_away(self, calls, stub):
        stub.failing = True
        with pytest.raises(StripeUnavailable, match="GET /v1/events: HTTP 503"):
            list(calls.undelivered(["a.b"], SINCE))
