from tests.stripe_sandbox.box import Box

from stripe_sandbox.engine.lines import pending_entries, price_for, pricing, whole_period


def test_a_whole_period_costs_price_times_quantity(box: Box) -> None:
    subscription = box.subscription()
    item = subscription["items"]["data"][0]
    item["quantity"] = 3
    assert price_for(item) == 23700
    [line] = whole_period(box.world, subscription)
    assert (line["amount"], line["description"]) == (23700, "3 \u00d7 Professional")
    assert line["parent"]["subscription_item_details"]["subscription_item"] == item["id"]


def test_a_trial_costs_nothing_and_says_so(box: Box) -> None:
    [line] = whole_period(box.world, box.subscription(), free=True)
    assert (line["amount"], line["description"]) == (0, "Trial period for Professional")


def test_an_amount_added_by_hand_is_on_the_next_invoice(box: Box) -> None:
    customer = box.customer()
    subscription = box.subscription(customer)
    box.post("/invoiceitems", customer=customer["id"], amount=500, currency="brl", description="Setup")
    assert [row["amount"] for row in pending_entries(box.world, customer["id"], subscription)] == [500]
    box.advance(days=31)
    assert box.invoice(subscription)["total"] == 8400
    assert pending_entries(box.world, customer["id"], subscription) == []


def test_pricing_names_price_and_product(box: Box) -> None:
    price = box.price()
    assert pricing(price)["price_details"] == {"price": price["id"], "product": price["product"]}
