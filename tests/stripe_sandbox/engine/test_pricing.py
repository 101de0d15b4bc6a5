from tests.stripe_sandbox.box import Box


def test_a_price_is_in_whole_centavos(box: Box) -> None:
    price = box.price(2900, "year")
    assert (price["unit_amount"], price["unit_amount_decimal"], price["type"]) == (2900, "2900", "recurring")
    assert price["recurring"]["interval"] == "year"


def test_a_price_without_an_amount_is_refused(box: Box) -> None:
    product = box.post("/products", name="x")
    assert box.refused("POST", "/prices", product=product["id"], currency="brl")["param"] == "unit_amount"


def test_a_product_may_have_the_id_it_is_given(box: Box) -> None:
    product = box.post("/products", name="Starter", id="starter", marketing_features=[{"name": "3 contas"}])
    assert product["id"] == "starter"
    assert box.get("/products/starter")["marketing_features"] == [{"name": "3 contas"}]


def test_a_session_prices_its_lines(box: Box) -> None:
    price = box.price(2900)
    session = box.post(
        "/checkout/sessions", mode="subscription", success_url="http://shop",
        line_items=[{"price": price["id"], "quantity": 2}],
    )  # fmt: skip
    [line] = box.get(f"/checkout/sessions/{session['id']}/line_items")["data"]
    assert (line["amount_total"], line["description"], session["amount_total"]) == (
        5800,
        "Professional",
        5800,
    )
    error = box.refused(
        "POST", "/checkout/sessions", mode="payment", success_url="http://shop", line_items=[{"price": "x"}]
    )
    assert error["param"] == "line_items[0][price]"
