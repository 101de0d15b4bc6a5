"""A second live subscription is undone; a single one is left alone."""

import pytest
from tests.billing.shop import CPF, tell

from financehub.billing import doubles
from financehub.billing.models import Customer, Notice, Refund, StaffTask, Subscription
from financehub.providers.stripe.errors import StripeUnavailable

pytestmark = pytest.mark.django_db


def test_a_single_one_is_left_alone(shop):
    assert doubles.undo(shop.buy()) == []
    assert Refund.objects.of(shop.company).count() == 0


def second(shop):
    """Another live subscription of the same customer, paid by the same card."""
    customer = Customer.objects.of(shop.company).get().stripe_id
    price = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].id
    card = shop.api.payment_methods.list({"customer": customer}).data[0].id
    wanted = {"customer": customer, "items": [{"price": price}], "default_payment_method": card}
    made = shop.api.subscriptions.create(wanted)
    return [
        one
        for one in shop.events()
        if one["type"] == "customer.subscription.created" and one["data"]["object"]["id"] == made.id
    ]


@pytest.mark.parametrize(("path", "method"), [("/v1/refunds", "POST"), ("/v1/invoices", "GET")])
def test_the_money_of_a_second_one_goes_back_though_stripe_was_away(shop, path, method):
    shop.buy()
    [event] = second(shop)
    shop.box.control("/faults", kind="error", path=path, method=method, times=3)
    with pytest.raises(StripeUnavailable):
        tell(event)
    tell(event)
    shop.hear()
    refund = Refund.objects.of(shop.company).get()
    assert (refund.amount_cents, refund.status, refund.reason) == (2900, "succeeded", "duplicate")
    assert sorted(row.status for row in Subscription.objects.of(shop.company)) == ["active", "canceled"]
    assert Notice.objects.of(shop.company).filter(kind="second_subscription").count() == 1


def test_a_second_one_paid_by_boleto_is_a_task_because_no_boleto_can_be_refunded(shop):
    shop.buy()
    shop.box.advance(seconds=60)  # the second is the younger one
    customer = Customer.objects.of(shop.company).get().stripe_id
    price = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].id
    boleto = {
        "type": "boleto",
        "boleto": {"tax_id": CPF},
        "billing_details": {"name": "Ana", "email": "a@example.com"},
    }
    method = shop.api.payment_methods.create(boleto).id
    shop.api.payment_methods.attach(method, {"customer": customer})
    wanted = {"customer": customer, "items": [{"price": price}], "default_payment_method": method}
    made = shop.api.subscriptions.create({**wanted, "payment_behavior": "default_incomplete"})
    invoice = shop.api.invoices.retrieve(made.latest_invoice, {"expand": ["payments"]})
    intent = invoice.payments.data[0].payment.payment_intent
    shop.api.payment_intents.confirm(intent, {"payment_method": method})
    shop.box.control(f"/payment_intents/{intent}/pay_boleto")
    shop.hear()
    assert sorted(row.status for row in Subscription.objects.of(shop.company)) == ["active", "canceled"]
    task = StaffTask.objects.get()
    assert (task.kind, task.about, task.detail, task.closed_at) == ("refund_failed", intent, "R$ 29,00", None)
    assert Notice.objects.of(shop.company).filter(kind="second_subscription").count() == 1
