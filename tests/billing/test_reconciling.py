"""Our books against Stripe's: equal after a story, and healed when events were lost."""

import pytest

from financehub.billing import reconciling
from financehub.billing.models import Invoice, Payment, Refund, Subscription

pytestmark = pytest.mark.django_db


def test_finds_nothing_after_a_story_that_was_heard(shop):
    shop.buy()
    assert reconciling.reconcile() == []


def test_heals_what_no_event_told(shop):
    shop.pay(shop.checkout())
    found = reconciling.reconcile()
    assert {(one.kind, one.ours) for one in found} == {
        ("subscription", "nothing"),
        ("invoice", "nothing"),
        ("payment", "nothing"),
    }
    assert Subscription.objects.of(shop.company).get().status == "active"
    assert Invoice.objects.of(shop.company).get().paid_cents == 2900
    assert reconciling.reconcile() == []


def test_heals_a_refund_made_elsewhere(shop):
    shop.buy()
    intent = Payment.objects.of(shop.company).get().stripe_id
    shop.api.refunds.create({"payment_intent": intent, "amount": 500})
    assert [one.kind for one in reconciling.reconcile()] == ["refund"]
    assert Refund.objects.of(shop.company).get().amount_cents == 500
    assert reconciling.reconcile() == []


def test_only_looks_when_told_so(shop):
    shop.pay(shop.checkout())
    assert len(reconciling.reconcile(heal=False)) == 3
    assert Subscription.objects.of(shop.company).count() == 0


def test_leaves_a_customer_for_tomorrow_when_stripe_is_away(shop):
    shop.buy()
    shop.box.control("/faults", kind="rate_limit", path="/v1/subscriptions", method="GET")
    assert reconciling.reconcile() == []


def test_has_nothing_to_do_without_a_key(settings):
    settings.STRIPE_SECRET_KEY = ""
    assert reconciling.reconcile() == []
