"""Coupons and promotion codes that an operator made at Stripe."""

from typing import Any

from tests.billing.shop import Shop


def make_code(shop: Shop, code: str, **terms: Any) -> str:
    """A promotion code on a coupon with these terms; its id."""
    coupon = shop.api.coupons.create({"duration": "once", **terms})
    made = shop.api.promotion_codes.create(
        {"promotion": {"type": "coupon", "coupon": coupon.id}, "code": code}
    )
    return str(made.id)


def buy_with_code(shop: Shop, code_id: str, plan: str, period: str) -> None:
    """What a person does who types the code on Stripe's page and pays there."""
    checkout = shop.checkout(plan, period)
    shop.box.control(f"/checkout/{checkout.stripe_id}/promotion", promotion_code=code_id)
    shop.pay(checkout)
    shop.hear()
