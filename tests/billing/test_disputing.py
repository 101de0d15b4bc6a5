"""A dispute: evidence by one person, sent by another, won or lost."""

from uuid import uuid4

import pytest

from financehub.billing import disputing, evidence
from financehub.billing.models import Dispute, Notice, Payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute(shop):
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/dispute")
    shop.hear()
    return Dispute.objects.of(shop.company).get()


def staged(dispute, shop, person):
    texts = {"product_description": "Finance Hub, starter plan"}
    return evidence.stage(dispute=dispute, evidence=texts, person=person, by=shop.by)


def test_is_staged_by_one_and_sent_by_another(dispute, shop):
    first, second = uuid4(), uuid4()
    row = staged(dispute, shop, first)
    assert shop.api.disputes.retrieve(dispute.stripe_id).evidence_details.submission_count == 0
    with pytest.raises(disputing.SecondPersonNeeded):
        disputing.submit(dispute=row, person=first, by=shop.by)
    sent = disputing.submit(dispute=row, person=second, by=shop.by, seen_at=row.staged_at)
    assert (sent.status, sent.submissions) == ("under_review", 1)


def test_is_not_sent_when_it_changed_after_the_look(dispute, shop):
    first, second = uuid4(), uuid4()
    seen = staged(dispute, shop, first).staged_at
    staged(dispute, shop, first)
    with pytest.raises(disputing.EvidenceChanged):
        disputing.submit(dispute=dispute, person=second, by=shop.by, seen_at=seen)
    assert shop.api.disputes.retrieve(dispute.stripe_id).evidence_details.submission_count == 0


def test_is_not_sent_without_evidence(dispute, shop):
    with pytest.raises(disputing.NotAnswerable):
        disputing.submit(dispute=dispute, person=uuid4(), by=shop.by)


def test_a_loss_is_accepted_by_two(dispute, shop):
    first, second = uuid4(), uuid4()
    with pytest.raises(disputing.NotAnswerable):
        disputing.accept(dispute=dispute, person=second, by=shop.by)
    disputing.propose_to_accept(dispute=dispute, person=first, by=shop.by)
    with pytest.raises(disputing.SecondPersonNeeded):
        disputing.accept(dispute=dispute, person=first, by=shop.by)
    assert shop.api.disputes.retrieve(dispute.stripe_id).status == "needs_response"
    assert disputing.accept(dispute=dispute, person=second, by=shop.by).status == "lost"


def test_knows_what_it_took_and_gave_back(dispute, shop):
    assert dispute.moved_cents == -(2900 + 5500)
    shop.box.control(f"/disputes/{dispute.stripe_id}/win")
    shop.hear()
    dispute.refresh_from_db()
    assert dispute.moved_cents == 0


@pytest.mark.parametrize(("deed", "status"), [("win", "won"), ("lose", "lost")])
def test_ends_and_says_so(dispute, shop, deed, status):
    shop.box.control(f"/disputes/{dispute.stripe_id}/{deed}")
    shop.hear()
    dispute.refresh_from_db()
    assert dispute.status == status
    kinds = Notice.objects.of(shop.company).values_list("kind", flat=True)
    assert sorted(kinds) == ["dispute_closed", "dispute_opened"]
    with pytest.raises(disputing.NotAnswerable):
        staged(dispute, shop, uuid4())


def test_nobodys_dispute_is_nothing(shop):
    assert disputing.mirror_dispute("dp_of_nobody") is None
