"""Credit notes made at Stripe are rows here, with the refund that came with them."""

import pytest

from financehub.billing import crediting
from financehub.billing.models import CreditNote, Invoice, Payment, Refund

pytestmark = pytest.mark.django_db


def test_one_with_a_refund_ties_both_to_the_invoice(shop):
    shop.buy()
    invoice = Invoice.objects.of(shop.company).get()
    shop.api.credit_notes.create({"invoice": invoice.stripe_id, "refund_amount": 900, "reason": "duplicate"})
    shop.hear()
    note = CreditNote.objects.of(shop.company).get()
    assert (note.invoice, note.amount_cents, note.status, note.reason) == (
        invoice,
        900,
        "issued",
        "duplicate",
    )
    assert note.number.endswith("-CN-01")
    assert Refund.objects.of(shop.company).get().amount_cents == 900
    assert Payment.objects.of(shop.company).get().refunded_cents == 900


def test_nobodys_note_is_nothing(shop):
    assert crediting.mirror_credit_note("cn_of_nobody") is None
