"""Our books against Stripe's: equal after a story, and healed when events were lost."""

import pytest

from financehub.billing import reconciling
from financehub.billing.models import (
    CreditNote,
    Customer,
    Dispute,
    DunningCase,
    Invoice,
    Notice,
    Payment,
    Refund,
    Subscription,
)

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
    assert [one.kind for one in reconciling.reconcile()] == ["payment", "refund"]
    assert Refund.objects.of(shop.company).get().amount_cents == 500
    assert reconciling.reconcile() == []


def test_heals_a_dispute_a_credit_note_and_an_end_made_elsewhere(shop):
    row = shop.buy()
    payment = Payment.objects.of(shop.company).get()
    shop.api.credit_notes.create({"invoice": row.latest_invoice_id, "refund_amount": 900})
    shop.box.control(f"/charges/{payment.charge_id}/dispute")
    shop.api.subscriptions.cancel(row.stripe_id)
    found = reconciling.reconcile()
    assert [(one.kind, one.ours) for one in found if one.ours == "nothing"] == [
        ("refund", "nothing"),
        ("credit_note", "nothing"),
        ("dispute", "nothing"),
    ]
    assert {one.kind for one in found} >= {"subscription", "payment"}
    assert CreditNote.objects.of(shop.company).get().amount_cents == 900
    assert Dispute.objects.of(shop.company).get().status == "needs_response"
    row.refresh_from_db()
    assert row.status == "canceled"
    assert reconciling.reconcile() == []


def test_heals_what_our_rows_say_otherwise(shop):
    """Each table is damaged as a lost or wrong event would leave it."""
    shop.buy()
    for model, wrong in (
        (Subscription, {"status": "past_due"}),
        (Invoice, {"paid_cents": 0}),
        (Payment, {"received_cents": 1}),
    ):
        model.objects.of(shop.company).update(**wrong)
        assert len(reconciling.reconcile()) == 1, model
        assert reconciling.reconcile() == []


def test_a_payment_without_its_row_comes_back_with_its_invoice(shop):
    shop.buy()
    Payment.objects.of(shop.company).delete()
    assert [one.kind for one in reconciling.reconcile()] == ["payment"]
    assert Payment.objects.of(shop.company).get().invoice == Invoice.objects.of(shop.company).get()


def test_a_draft_that_was_deleted_without_a_word_is_deleted_here(shop):
    row = shop.buy()
    shop.api.invoice_items.create(
        {"customer": Customer.objects.of(shop.company).get().stripe_id, "amount": 100, "currency": "brl"}
    )
    draft = shop.api.invoices.create({"customer": Customer.objects.of(shop.company).get().stripe_id})
    shop.hear()
    shop.api.invoices.delete(draft.id)
    assert [(one.kind, one.theirs) for one in reconciling.reconcile()] == [("invoice", "nothing")]
    assert Invoice.objects.of(shop.company).get(stripe_id=draft.id).status == "deleted"
    assert reconciling.reconcile() == []
    assert row.is_live


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


def test_heals_a_change_of_plan_that_no_event_told(shop):
    row = shop.buy()
    price = shop.api.prices.list({"lookup_keys": ["professional_month_brl"]}).data[0].id
    item = {"id": row.item_id, "price": price}
    shop.api.subscriptions.update(row.stripe_id, {"items": [item], "proration_behavior": "none"})
    assert [one.kind for one in reconciling.reconcile()] == ["subscription"]
    row.refresh_from_db()
    assert row.plan_id == "professional"
    assert reconciling.reconcile() == []


def test_heals_a_failed_renewal_whose_failure_no_event_told(moving_shop):
    """The invoice was heard of when it was finalized, and never again."""
    shop = moving_shop
    shop.buy()
    customer = Customer.objects.of(shop.company).get().stripe_id
    shop.box.control("/outcomes", of=customer, outcomes=["insufficient_funds"])
    shop.pass_time(days=31)
    shop.pass_time(seconds=7200)
    DunningCase.objects.of(shop.company).delete()
    Notice.objects.of(shop.company).delete()
    Invoice.objects.of(shop.company).filter(status="open").update(is_attempted=False)
    Payment.objects.of(shop.company).filter(status="failed").update(status="pending", failure_code="")
    assert "invoice" in {one.kind for one in reconciling.reconcile()}
    assert DunningCase.objects.of(shop.company).get().status == "open"
    assert reconciling.reconcile() == []


def test_heals_a_renewal_that_no_event_told(moving_shop):
    shop = moving_shop
    row = shop.buy()
    before = row.period_end
    shop.box.advance(days=31)
    shop.box.advance(seconds=7200)
    assert "subscription" in {one.kind for one in reconciling.reconcile()}
    row.refresh_from_db()
    assert row.period_end > before
    assert reconciling.reconcile() == []
