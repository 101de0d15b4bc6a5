from tests.stripe_sandbox.box import Box

from stripe_sandbox.engine import discounts


def coupon(box: Box, **how) -> dict:
    return box.post("/coupons", **how)


def totals(box: Box, subscription: dict) -> list[int]:
    return [row["total"] for row in box.get("/invoices", subscription=subscription["id"])["data"]][::-1]


def test_once_is_for_the_first_invoice_only(box: Box) -> None:
    made = coupon(box, percent_off=10, duration="once")
    subscription = box.subscription(discounts=[{"coupon": made["id"]}])
    box.advance(days=31)
    assert totals(box, subscription) == [7110, 7900]
    assert "customer.discount.deleted" in box.types()


def test_repeating_is_for_its_months_and_forever_is_forever(box: Box) -> None:
    two = box.subscription(
        discounts=[
            {
                "coupon": coupon(
                    box, amount_off=900, currency="brl", duration="repeating", duration_in_months=2
                )["id"]
            }
        ]
    )
    ever = box.subscription(discounts=[{"coupon": coupon(box, percent_off=50, duration="forever")["id"]}])
    for _ in range(2):
        box.advance(days=31)
    assert totals(box, two) == [7000, 7000, 7900]
    assert totals(box, ever) == [3950, 3950, 3950]


def test_an_invoice_tells_what_was_taken_off_where(box: Box) -> None:
    made = coupon(box, percent_off=10, duration="once")
    subscription = box.subscription(discounts=[{"coupon": made["id"]}])
    invoice = box.invoice(subscription)
    [row] = invoice["total_discount_amounts"]
    assert (invoice["subtotal"], invoice["total"], row["amount"]) == (7900, 7110, 790)
    assert invoice["lines"]["data"][0]["discount_amounts"] == [row]


def test_a_spent_coupon_is_refused(box: Box) -> None:
    made = coupon(box, percent_off=10, duration="once", max_redemptions=1)
    box.subscription(discounts=[{"coupon": made["id"]}])
    customer, price = box.customer(), box.price()
    error = box.refused(
        "POST",
        "/subscriptions",
        customer=customer["id"],
        items=[{"price": price["id"]}],
        discounts=[{"coupon": made["id"]}],
    )
    assert error["code"] == "coupon_expired"


def test_a_promotion_code_is_for_who_it_was_made_for(box: Box) -> None:
    customer, other = box.customer(), box.customer()
    made = coupon(box, percent_off=10, duration="once")
    promotion = {"type": "coupon", "coupon": made["id"]}
    code = box.post("/promotion_codes", promotion=promotion, code="DEZ", customer=customer["id"])
    given = discounts.give(box.world, {"promotion_code": code["id"]}, customer["id"])
    assert given["promotion_code"] == code["id"]
    error = box.refused(
        "POST", "/subscriptions", customer=other["id"], items=[{"price": box.price()["id"]}],
        discounts=[{"promotion_code": code["id"]}],
    )  # fmt: skip
    assert error["code"] == "promotion_code_expired"


def test_nothing_is_taken_off_nothing(box: Box) -> None:
    made = coupon(box, amount_off=9000, currency="brl", duration="once")
    discount = {"source": {"coupon": made["id"]}}
    assert discounts.taken_off(box.world, discount, 0) == 0
    assert discounts.taken_off(box.world, discount, 7900) == 7900


def test_a_code_may_be_for_first_purchases_large_enough_and_only_until_a_day(box: Box) -> None:
    late = box.post("/coupons", percent_off=10, redeem_by=box.world.now() + 60)
    fine = box.post("/coupons", percent_off=10)
    first = box.post(
        "/promotion_codes",
        promotion={"type": "coupon", "coupon": fine["id"]},
        restrictions={
            "first_time_transaction": True,
            "minimum_amount": 8000,
            "minimum_amount_currency": "brl",
        },
    )
    customer, price = box.customer(), box.price()
    wanted = {"customer": customer["id"], "items": [{"price": price["id"]}]}
    box.advance(60)
    refused = box.refused("POST", "/subscriptions", **wanted, discounts=[{"coupon": late["id"]}])
    assert refused["code"] == "coupon_expired"
    lines = [{"price": price["id"], "quantity": 1}]
    small = {
        "mode": "subscription",
        "line_items": lines,
        "success_url": "http://shop",
        "customer": customer["id"],
    }
    refused = box.refused("POST", "/checkout/sessions", **small, discounts=[{"promotion_code": first["id"]}])
    assert refused["param"] == "promotion_code"
    assert box.get("/checkout/sessions")["data"] == []
    box.subscription(customer, price)
    refused = box.refused("POST", "/subscriptions", **wanted, discounts=[{"promotion_code": first["id"]}])
    assert refused["code"] == "promotion_code_expired"
