from tests.stripe_sandbox.box import Box


def test_a_lookup_key_is_on_one_price_and_moves_when_asked_to(box: Box) -> None:
    product = box.post("/products", name="Starter")["id"]
    how = {
        "product": product,
        "currency": "brl",
        "recurring": {"interval": "month"},
        "lookup_key": "starter_month",
    }
    old = box.post("/prices", unit_amount=2900, **how)
    assert box.refused("POST", "/prices", unit_amount=3900, **how)["param"] == "lookup_key"
    new = box.post("/prices", unit_amount=3900, transfer_lookup_key=True, **how)
    found = box.get("/prices", lookup_keys=["starter_month"], active=True)["data"]
    assert [row["id"] for row in found] == [new["id"]]
    assert box.again(old)["lookup_key"] is None


def test_prices_are_filtered_by_interval_and_product(box: Box) -> None:
    monthly, yearly = box.price(), box.price(79000, "year")
    listed = box.get("/prices", recurring={"interval": "year"})["data"]
    assert [row["id"] for row in listed] == [yearly["id"]]
    listed = box.get("/prices", product=monthly["product"])["data"]
    assert [row["id"] for row in listed] == [monthly["id"]]


def test_a_price_keeps_its_amount_for_ever(box: Box) -> None:
    error = box.refused("POST", f"/prices/{box.price()['id']}", unit_amount=1)
    assert error["code"] == "parameter_unknown"


def test_a_product_can_bring_its_price_and_is_deleted_only_without_one(box: Box) -> None:
    product = box.post("/products", name="x", default_price_data={"currency": "brl", "unit_amount": 100})
    assert box.get(f"/prices/{product['default_price']}")["unit_amount"] == 100
    assert box.refused("DELETE", f"/products/{product['id']}")["status"] == 400
    empty = box.post("/products", name="y")
    assert box.delete(f"/products/{empty['id']}")["deleted"] is True
    assert [row["id"] for row in box.get("/products", ids=[product["id"], empty["id"]])["data"]] == [
        product["id"]
    ]


def test_a_price_can_bring_its_product(box: Box) -> None:
    price = box.post("/prices", currency="BRL", unit_amount=100, product_data={"name": "z"})
    assert price["currency"] == "brl"
    assert box.get(f"/products/{price['product']}")["name"] == "z"


def test_a_coupon_takes_off_a_share_or_an_amount(box: Box) -> None:
    assert box.refused("POST", "/coupons", percent_off=10, amount_off=1)["param"] == "percent_off"
    assert box.refused("POST", "/coupons", amount_off=100)["param"] == "currency"
    box.post("/coupons", id="DEZ", percent_off=10)
    assert box.refused("POST", "/coupons", id="DEZ", percent_off=10)["code"] == "resource_already_exists"
    assert box.delete("/coupons/DEZ") == {"id": "DEZ", "object": "coupon", "deleted": True}


def test_promotion_codes_are_found_by_their_code(box: Box) -> None:
    box.post("/coupons", id="DEZ", percent_off=10)
    promotion = {"type": "coupon", "coupon": "DEZ"}
    made = box.post("/promotion_codes", promotion=promotion, code="BLACK")
    assert box.refused("POST", "/promotion_codes", promotion=promotion, code="BLACK")["param"] == "code"
    assert box.get("/promotion_codes", code="BLACK", coupon="DEZ")["data"][0]["id"] == made["id"]
    assert box.post(f"/promotion_codes/{made['id']}", active=False)["active"] is False
