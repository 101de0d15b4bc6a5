"""Invoices, payments and what became of them."""

import pytest

from financehub.billing import stripe_account
from financehub.billing.models import Invoice, Payment
from financehub.providers.stripe.errors import StripeRefused

pytestmark = pytest.mark.django_db


def test_an_invoice_its_payment_and_its_charge(shop):
    shop.buy()
    account = stripe_account.account()
    row, payment = Invoice.objects.of(shop.company).get(), Payment.objects.of(shop.company).get()
    assert account.invoice(row.stripe_id).amount_paid == 2900
    assert [one.payment.payment_intent for one in account.invoice_payments(row.stripe_id)] == [
        payment.stripe_id
    ]
    assert account.payment_intent(payment.stripe_id).amount_received == 2900
    assert account.charge(payment.charge_id).payment_method_details.card.last4 == "4242"


def test_a_paid_invoice_cannot_be_paid_or_written_off(shop):
    shop.buy()
    account, row = stripe_account.account(), Invoice.objects.of(shop.company).get()
    with pytest.raises(StripeRefused, match="invoice_already_paid"):
        account.pay_invoice(row.stripe_id, key="a")
    with pytest.raises(StripeRefused):
        account.give_up_invoice(row.stripe_id, key="b")
