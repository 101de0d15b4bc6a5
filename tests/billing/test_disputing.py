"""A dispute: evidence by one person, sent by another, won or lost."""

from uuid import uuid4

import pytest

from financehub.billing import disputing
from financehub.billing.models import Dispute, Notice, Payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute(shop):
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/dispute")
    shop.hear()
    return Dispute.objects.of(shop.company).get()


def test_is_staged_by_one_and_sent_by_another(dispute, shop):
    first, second = uuid4(), uuid4()
    evidence = {"product_description": "Finance Hub, starter plan"}
    staged = disputing.stage(dispute=dispute, evidence=evidence, person=first, by=shop.by)
    assert shop.api.disputes.retrieve(dispute.stripe_id).evidence_details.submission_count == 0
    with pytest.raises(disputing.SecondPersonNeeded):
        disputing.submit(dispute=staged, person=first, by=shop.by)
    sent = disputing.submit(dispute=staged, person=second, by=shop.by)
    assert (sent.status, sent.submissions) == ("under_review", 1)


def test_is_not_sent_without_evidence(dispute, shop):
    with pytest.raises(disputing.NotAnswerable):
        disputing.submit(dispute=dispute, person=uuid4(), by=shop.by)


@pytest.mark.parametrize(("deed", "status"), [("win", "won"), ("lose", "lost")])
def test_ends_and_says_so(dispute, shop, deed, status):
    shop.box.control(f"/disputes/{dispute.stripe_id}/{deed}")
    shop.hear()
    dispute.refresh_from_db()
    assert dispute.status == status
    kinds = Notice.objects.of(shop.company).values_list("kind", flat=True)
    assert sorted(kinds) == ["dispute_closed", "dispute_opened"]
    with pytest.raises(disputing.NotAnswerable):
        disputing.stage(dispute=dispute, evidence={}, person=uuid4(), by=shop.by)


def test_nobodys_dispute_is_nothing(shop):
    assert disputing.mirror_dispute("dp_of_nobody") is None
