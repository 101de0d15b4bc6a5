"""A promotion code on a subscription that runs: typed by who pays, worth money on the next invoice."""

import pytest
from tests.billing.promotions import make_code

from financehub.billing import changing, redeeming
from financehub.billing.models import Invoice
from financehub.core.errors import Denied

pytestmark = pytest.mark.django_db


def use(shop, word):
    return redeeming.use_code(company=shop.company, word=word, by=shop.by)


def test_makes_the_next_invoices_cheaper_for_its_time(moving_shop):
    shop = moving_shop
    shop.buy("professional", "monthly")
    make_code(shop, "METADE", percent_off=50, duration="repeating", duration_in_months=2)
    shop.pass_time(days=1)
    row = use(shop, " metade ")
    assert [one.code for one in redeeming.in_force(row)] == ["METADE"]
    for _ in range(3):
        shop.pass_time(days=31)
        shop.pass_time(seconds=7200)
    paid = Invoice.objects.of(shop.company).order_by("created_at").values_list("paid_cents", flat=True)
    assert list(paid) == [7900, 3950, 3950, 7900]
    assert redeeming.in_force(row, at=shop.at()) == []


def test_a_second_code_takes_the_place_of_the_first(shop):
    shop.buy()
    make_code(shop, "DEZ", percent_off=10, duration="forever")
    make_code(shop, "VINTE", percent_off=20, duration="forever")
    use(shop, "DEZ")
    assert [one.code for one in redeeming.in_force(use(shop, "VINTE"))] == ["VINTE"]


@pytest.mark.parametrize("word", ["", "   ", "NADA", "x" * 300])
def test_a_word_that_is_no_code_changes_nothing(shop, word):
    row = shop.buy()
    with pytest.raises(redeeming.CodeInvalid):
        use(shop, word)
    assert redeeming.in_force(row) == []


def test_a_code_for_first_purchases_is_refused_after_one(shop):
    row = shop.buy()
    coupon = shop.api.coupons.create({"percent_off": 10, "duration": "once"})
    terms = {"promotion": {"type": "coupon", "coupon": coupon.id}, "code": "PRIMEIRA"}
    shop.api.promotion_codes.create({**terms, "restrictions": {"first_time_transaction": True}})
    with pytest.raises(redeeming.CodeInvalid):
        use(shop, "PRIMEIRA")
    assert redeeming.in_force(row) == []


def test_needs_a_live_subscription_and_somebody_who_pays(shop, by_bruno):
    with pytest.raises(changing.NoSubscription):
        use(shop, "X")
    with pytest.raises(Denied):
        redeeming.use_code(company=shop.company, word="X", by=by_bruno)
