"""Coupons and codes are copied; who has one is known from the subscription, and what it takes off from the invoice."""

import pytest
from tests.billing.promotions import buy_with_code, make_code

from financehub.billing import discounting
from financehub.billing.models import Coupon, Discount, Invoice, PromotionCode, Subscription

pytestmark = pytest.mark.django_db


def test_a_coupon_is_copied_with_its_terms_and_its_end(shop):
    made = shop.api.coupons.create({"percent_off": 12.5, "duration": "repeating", "duration_in_months": 3})
    row = discounting.mirror_coupon(made.id)
    assert (row.percent_hundredths, row.off_cents, row.duration, row.months) == (1250, None, "repeating", 3)
    shop.api.coupons.delete(made.id)
    gone = discounting.mirror_coupon(made.id)
    assert (gone.pk, gone.is_valid, gone.deleted_at is None) == (row.pk, False, False)


def test_a_code_that_was_never_here_and_is_gone_is_nothing(shop):
    assert discounting.mirror_promotion_code("promo_of_nobody") is None
    assert discounting.mirror_coupon("of_nobody") is None


def test_a_code_typed_at_checkout_takes_twenty_percent_off_the_first_invoice_only(moving_shop):
    shop = moving_shop
    buy_with_code(shop, make_code(shop, "VOLTA20", percent_off=20), "professional", "monthly")
    assert Invoice.objects.of(shop.company).get().paid_cents == 6320
    row = Discount.objects.of(shop.company).get()
    assert (row.code, row.coupon.percent_hundredths, row.ended_at is None) == ("VOLTA20", 2000, False)
    assert PromotionCode.objects.get().times_redeemed == 1
    shop.pass_time(days=31)
    shop.pass_time(seconds=7200)
    paid = Invoice.objects.of(shop.company).order_by("created_at").values_list("paid_cents", flat=True)
    assert list(paid) == [6320, 7900]


def test_an_amount_for_three_months_ends_with_them(moving_shop):
    shop = moving_shop
    terms = {"amount_off": 1000, "currency": "brl", "duration": "repeating", "duration_in_months": 3}
    buy_with_code(shop, make_code(shop, "DEZ", **terms), "starter", "monthly")
    for _ in range(3):
        shop.pass_time(days=31)
        shop.pass_time(seconds=7200)
    paid = Invoice.objects.of(shop.company).order_by("created_at").values_list("paid_cents", flat=True)
    assert list(paid) == [1900, 1900, 1900, 2900]
    assert Coupon.objects.get().off_cents == 1000


def test_an_older_look_ends_nothing(shop):
    buy_with_code(shop, make_code(shop, "FICA", percent_off=50, duration="forever"), "starter", "monthly")
    row = Subscription.objects.of(shop.company).get()
    from_before = row.observed_at.replace(year=2020)
    found = shop.api.subscriptions.retrieve(row.stripe_id)
    assert found.discounts
    discounting.keep_discounts(row, type("Found", (), {"discounts": []})(), from_before)
    assert Discount.objects.of(shop.company).get().ended_at is None
