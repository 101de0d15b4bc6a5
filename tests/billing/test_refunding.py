"""Giving money back: whole, in part, never too much, and what a lost answer or a later failure does."""

from datetime import timedelta

import pytest

from financehub.billing import refunding
from financehub.billing.models import Notice, Payment, Refund, StaffTask
from financehub.core import clock
from financehub.providers.stripe.errors import StripeUnavailable

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(shop):
    shop.buy()
    return Payment.objects.of(shop.company).get()


def refund(payment, shop, amount=None):
    return refunding.refund(payment=payment, reason="requested_by_customer", by=shop.by, amount_cents=amount)


def test_a_whole_refund(payment, shop):
    row = refund(payment, shop)
    payment.refresh_from_db()
    assert (row.status, row.amount_cents, payment.status) == ("succeeded", 2900, "refunded")


def test_two_partial_refunds_and_no_more_than_was_paid(payment, shop):
    refund(payment, shop, 1000)
    with pytest.raises(refunding.RefundTooLarge):
        refund(payment, shop, 1901)
    refund(payment, shop, 1900)
    with pytest.raises(refunding.NotRefundable):
        refund(payment, shop)
    payment.refresh_from_db()
    assert (payment.refunded_cents, payment.status) == (2900, "refunded")
    assert len(shop.api.refunds.list({}).data) == 2


def test_a_lost_answer_is_repeated_as_the_same_refund(payment, shop):
    shop.box.control("/faults", kind="lost_answer", path="/v1/refunds", method="POST", times=1)
    with pytest.raises(StripeUnavailable):
        refund(payment, shop, 1000)
    refund(payment, shop, 1000)
    assert [one.amount for one in shop.api.refunds.list({}).data] == [1000]
    assert Refund.objects.of(shop.company).get().status == "succeeded"


def test_another_wish_while_an_answer_is_unknown_settles_that_one_first(payment, shop):
    shop.box.control("/faults", kind="lost_answer", path="/v1/refunds", method="POST", times=1)
    with pytest.raises(StripeUnavailable):
        refund(payment, shop, 1000)
    assert refund(payment, shop, 500).amount_cents == 500
    assert sorted(one.amount for one in shop.api.refunds.list({}).data) == [500, 1000]


def test_all_that_is_left_is_more_than_a_part_whose_answer_was_lost(payment, shop):
    shop.box.control("/faults", kind="lost_answer", path="/v1/refunds", method="POST", times=1)
    with pytest.raises(StripeUnavailable):
        refund(payment, shop, 1000)
    assert refund(payment, shop).amount_cents == 1900
    assert sorted(one.amount for one in shop.api.refunds.list({}).data) == [1000, 1900]


def test_one_that_stripe_refused_stands_in_nobodys_way(payment, shop):
    shop.api.refunds.create({"payment_intent": payment.stripe_id, "amount": 2000})
    with pytest.raises(refunding.NotRefundable):
        refund(payment, shop, 2900)  # we have not heard of the other yet
    assert Refund.objects.of(shop.company).get(amount_cents=2900).status == "refused"
    assert refund(payment, shop).amount_cents == 900


def test_a_wish_without_a_reason_of_stripes_is_refused(payment, shop):
    with pytest.raises(refunding.ReasonUnknown):
        refunding.refund(payment=payment, reason="because", by=shop.by)


def test_a_key_that_stripe_forgot_is_answered_by_its_list(payment, shop):
    shop.box.control("/faults", kind="lost_answer", path="/v1/refunds", method="POST", times=1)
    with pytest.raises(StripeUnavailable):
        refund(payment, shop, 1000)
    Refund.objects.of(shop.company).update(created_at=clock.now() - timedelta(days=2))
    assert refund(payment, shop, 1000).status == "succeeded"
    assert [one.amount for one in shop.api.refunds.list({}).data] == [1000]


def test_one_that_fails_after_it_succeeded_is_told(payment, shop):
    row = refund(payment, shop)
    shop.box.control(f"/refunds/{row.stripe_id}/fail")
    shop.hear()
    row.refresh_from_db()
    assert row.status == "failed"
    assert Notice.objects.of(shop.company).filter(kind="refund_failed").count() == 1
    assert StaffTask.objects.get().detail == "expired_or_canceled_card"
    assert refunding.left_cents(payment) == 2900


def test_nobodys_refund_is_nothing(shop):
    assert refunding.mirror_refund("re_of_nobody") is None
