"""Texts and files are staged at Stripe and not sent; what is wrong never leaves this machine."""

from uuid import uuid4

import pytest

from financehub.billing import disputing, evidence
from financehub.billing.evidence import Upload
from financehub.billing.models import Dispute, Payment
from financehub.providers.stripe.errors import StripeRefused, StripeUnavailable

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 receipt"


@pytest.fixture
def dispute(shop):
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/dispute")
    shop.hear()
    return Dispute.objects.of(shop.company).get()


def stage(dispute, shop, person=None, **texts):
    return evidence.stage(dispute=dispute, evidence=texts, person=person or uuid4(), by=shop.by)


def attach(dispute, shop, field="receipt", name="recibo.pdf", content=PDF, person=None):
    upload = Upload(name, content)
    return evidence.attach(dispute=dispute, field=field, upload=upload, person=person or uuid4(), by=shop.by)


def test_texts_and_a_file_are_at_stripe_and_nothing_is_sent(dispute, shop):
    stage(dispute, shop, product_description="Finance Hub", service_date="2026-03-02")
    attach(dispute, shop)
    there = shop.api.disputes.retrieve(dispute.stripe_id)
    assert (there.evidence.product_description, there.evidence_details.submission_count) == ("Finance Hub", 0)
    file = shop.api.files.retrieve(there.evidence.receipt)
    assert (file.purpose, file.size, file.filename) == ("dispute_evidence", len(PDF), "receipt.pdf")
    dispute.refresh_from_db()
    assert evidence.texts_of(dispute) == {"product_description": "Finance Hub", "service_date": "2026-03-02"}
    assert [(one.name, one.stripe_id) for one in evidence.files_of(dispute)] == [("recibo.pdf", file.id)]


def test_a_text_is_changed_and_taken_away(dispute, shop):
    row = stage(dispute, shop, product_description="one", customer_name="Ana")
    row = stage(row, shop, product_description="two", customer_name="")
    assert evidence.texts_of(row) == {"product_description": "two"}
    assert not shop.api.disputes.retrieve(dispute.stripe_id).evidence.customer_name


def test_whoever_changes_it_last_is_who_may_not_send_it(dispute, shop):
    first, second = uuid4(), uuid4()
    stage(dispute, shop, first, product_description="one")
    attach(dispute, shop, person=second)
    with pytest.raises(disputing.SecondPersonNeeded):
        disputing.submit(dispute=dispute, person=second, by=shop.by)
    assert disputing.submit(dispute=dispute, person=first, by=shop.by).status == "under_review"


@pytest.mark.parametrize("is_file", [False, True])
def test_whoever_changed_it_without_an_answer_may_not_send_it_either(dispute, shop, is_file):
    """Stripe has the change, and nobody but its writer has seen it."""
    first, second = uuid4(), uuid4()
    seen_at = stage(dispute, shop, first, product_description="one").staged_at
    path = f"/v1/disputes/{dispute.stripe_id}"
    shop.box.control("/faults", kind="lost_answer", path=path, method="POST", times=3, seconds=0)
    with pytest.raises(StripeUnavailable):
        attach(dispute, shop, person=second) if is_file else stage(dispute, shop, second, customer_name="Eva")
    assert shop.api.disputes.retrieve(dispute.stripe_id).evidence.customer_name == (
        None if is_file else "Eva"
    )
    with pytest.raises(disputing.SecondPersonNeeded):
        disputing.submit(dispute=dispute, person=second, by=shop.by, seen_at=seen_at)


def test_whoever_was_refused_by_stripe_has_changed_nothing(dispute, shop):
    first, second = uuid4(), uuid4()
    staged = stage(dispute, shop, first, product_description="one")
    shop.box.control(f"/disputes/{dispute.stripe_id}/lose")
    with pytest.raises(StripeRefused):
        stage(dispute, shop, second, customer_name="Eva")
    dispute.refresh_from_db()
    assert (dispute.staged_by, dispute.staged_at) == (first, staged.staged_at)


@pytest.mark.parametrize(
    "texts",
    [{"receipt": "no file"}, {"made_up": "x"}, {"product_description": "x" * 20_001}],
)
def test_a_wrong_text_is_refused(dispute, shop, texts):
    with pytest.raises(evidence.EvidenceInvalid):
        stage(dispute, shop, **texts)
    assert shop.api.disputes.retrieve(dispute.stripe_id).evidence_details.has_evidence is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "product_description"},
        {"name": "recibo.exe"},
        {"content": b"MZ no pdf"},
        {"content": PDF + b"x" * evidence.LARGEST_FILE},
    ],
)
def test_a_wrong_file_is_refused(dispute, shop, wrong):
    with pytest.raises(evidence.EvidenceInvalid):
        attach(dispute, shop, **wrong)
    assert shop.api.files.list({}).data == []


def test_a_closed_dispute_takes_none(dispute, shop):
    shop.box.control(f"/disputes/{dispute.stripe_id}/win")
    shop.hear()
    dispute.refresh_from_db()
    with pytest.raises(disputing.NotAnswerable):
        attach(dispute, shop)
