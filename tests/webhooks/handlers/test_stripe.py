"""Each of the 99 names we subscribe to, told at the real door: stored, routed by its tier, visible."""

import pytest
from tests.webhooks.stripe_knocks import stripe_body, stripe_knock

from financehub.webhooks import handling
from financehub.webhooks.handlers.stripe import ANSWERS, NOT_YET, ONLY_KEPT, TIERS
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db


def tell(name):
    sent = stripe_body(name)
    assert stripe_knock(sent).status_code == 202
    event = WebhookEvent.objects.get(external_id=sent["id"])
    handling.handle_event(str(event.pk))
    event.refresh_from_db()
    return event


class TestEveryStripeEvent:
    @pytest.mark.parametrize("name", sorted(ANSWERS))
    def test_arrives_and_is_routed_by_its_tier(self, name):
        event = tell(name)

        assert (event.source, event.type, event.status) == ("stripe", name, "ignored")
        assert event.last_error == (ONLY_KEPT if TIERS[name] == "D" else NOT_YET)


class TestAnyOtherName:
    @pytest.mark.parametrize("name", ["payout.paid", "v1.invoice.paid"])
    def test_is_kept_as_unknown(self, name):
        assert tell(name).last_error == "unknown type"
