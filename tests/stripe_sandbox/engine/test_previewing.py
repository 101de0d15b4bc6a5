from tests.stripe_sandbox.box import Box


def test_the_preview_of_a_change_is_what_the_change_then_costs(box: Box) -> None:
    subscription, dearer = box.subscription(), box.price(19900)
    box.advance(days=15)
    items = [{"id": subscription["items"]["data"][0]["id"], "price": dearer["id"]}]
    details = {"items": items, "proration_behavior": "always_invoice"}
    preview = box.post(
        "/invoices/create_preview", subscription=subscription["id"], subscription_details=details
    )
    assert (
        preview["total"],
        preview["id"][:11],
        box.again(subscription)["items"]["data"][0]["price"]["unit_amount"],
    ) == (
        6000,
        "upcoming_in",
        7900,
    )
    box.post(f"/subscriptions/{subscription['id']}", items=items, proration_behavior="always_invoice")
    assert box.invoice(subscription)["total"] == 6000


def test_another_interval_is_previewed_whole(box: Box) -> None:
    subscription, yearly = box.subscription(), box.price(79000, "year")
    items = [{"id": subscription["items"]["data"][0]["id"], "price": yearly["id"]}]
    preview = box.post(
        "/invoices/create_preview", subscription=subscription["id"], subscription_details={"items": items}
    )
    assert preview["total"] == 79000 - 7900


def test_a_renewal_and_a_beginning_are_previewed_and_nothing_is_kept(box: Box) -> None:
    customer, price = box.customer(), box.price(2900)
    subscription = box.subscription(customer, price)
    before = box.world.store.counts()
    renewal = box.post("/invoices/create_preview", subscription=subscription["id"])
    details = {"items": [{"price": price["id"]}]}
    beginning = box.post("/invoices/create_preview", customer=customer["id"], subscription_details=details)
    assert (renewal["total"], beginning["total"]) == (2900, 2900)
    assert box.world.store.counts() == before


def test_a_preview_of_nothing_is_refused(box: Box) -> None:
    assert box.refused("POST", "/invoices/create_preview")["status"] == 400
