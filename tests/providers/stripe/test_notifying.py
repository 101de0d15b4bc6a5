"""Stripe's calls about webhooks, to the simulator over real HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from financehub.providers.circuits import InMemoryCircuits
from financehub.providers.stripe.errors import StripeUnavailable
from financehub.providers.stripe.notifying import Notifying

VERSION = "2026-10-28.endive"
NOBODY = "http://127.0.0.1:9"


def calls_of(api_base, key="sk_test_x"):
    return Notifying(api_key=key, api_base=api_base, api_version=VERSION, circuits=InMemoryCircuits())


@pytest.fixture
def calls(stripe_box):
    return calls_of(stripe_box.url, stripe_box.secret_key)


class TestEndpoints:
    def test_are_made_listed_repaired_and_deleted(self, calls):
        made = calls.create_endpoint(f"{NOBODY}/hook", ["invoice.paid"], key="one")
        assert made.secret.startswith("whsec_")
        assert (made.api_version, made.events) == (VERSION, ("invoice.paid",))
        assert "whsec" not in repr(made)
        assert [(found.id, found.secret) for found in calls.endpoints()] == [(made.id, "")]
        repaired = calls.repair_endpoint(made.id, f"{NOBODY}/other", ["refund.created"], key="two")
        assert (repaired.url, repaired.events, repaired.status) == (
            f"{NOBODY}/other",
            ("refund.created",),
            "enabled",
        )
        calls.delete_endpoint(made.id)
        calls.delete_endpoint(made.id)
        assert calls.endpoints() == []


class TestUndelivered:
    def test_asks_no_more_types_at_a_time_than_stripe_takes(self, calls, stripe_box):
        calls.create_endpoint(f"{NOBODY}/hook", ["customer.created"], key="three")
        customer = stripe_box.client().v1.customers.create({"name": "Ana"})
        since = datetime.fromtimestamp(stripe_box.told("")["now"], UTC) - timedelta(days=1)
        names = [*(f"price.{number}" for number in range(44)), "customer.created"]
        (event,) = calls.undelivered(names, since)
        assert event["data"]["object"]["id"] == customer.id

    def test_says_when_stripe_is_away(self):
        with pytest.raises(StripeUnavailable, match="GET /v1/events"):
            list(calls_of(NOBODY).undelivered(["refund.created"], datetime.now(UTC)))
