"""Disputes, files of evidence, warnings and reviews, as the simulator of Stripe keeps them."""

import pytest

from financehub.billing import stripe_account
from financehub.billing.models import Payment
from financehub.providers.stripe.errors import StripeRefused

pytestmark = pytest.mark.django_db


def test_a_dispute_takes_a_file_and_is_closed_once(shop):
    shop.buy()
    account, charge = stripe_account.account(), Payment.objects.of(shop.company).get().charge_id
    shop.box.control(f"/charges/{charge}/dispute")
    [dispute] = account.disputes()
    file = account.upload_evidence("receipt.pdf", b"%PDF-", key="f")
    assert account.upload_evidence("receipt.pdf", b"%PDF-", key="f").id == file.id
    params = {"evidence": {"receipt": file.id}, "submit": False}
    assert account.update_dispute(dispute.id, params, key="s").evidence_details.has_evidence
    assert account.close_dispute(dispute.id, key="c").status == "lost"
    with pytest.raises(StripeRefused):
        account.close_dispute(dispute.id, key="d")


def test_a_review_is_approved(shop):
    shop.buy()
    account, charge = stripe_account.account(), Payment.objects.of(shop.company).get().charge_id
    shop.box.control(f"/charges/{charge}/review")
    review = shop.api.reviews.list({}).data[0].id
    assert account.review(review).open
    assert account.approve_review(review, key="a").closed_reason == "approved"
