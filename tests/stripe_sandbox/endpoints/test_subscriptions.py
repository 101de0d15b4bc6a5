from tests.stripe_sandbox.box import Box


def statuses(box: Box, **filters) -> list[str]:
    return [row["status"] for row in box.get("/subscriptions", **filters)["data"]]


def test_a_list_leaves_out_the_canceled_unless_asked_for(box: Box) -> None:
    customer, price = box.customer(), box.price()
    ended = box.subscription(customer, price)
    box.subscription(customer, box.price(2900))
    box.delete(f"/subscriptions/{ended['id']}")
    assert statuses(box) == ["active"]
    assert statuses(box, status="all") == ["active", "canceled"]
    assert statuses(box, status="ended") == ["canceled"]
    assert statuses(box, status="all", price=price["id"]) == ["canceled"]


def test_items_are_added_changed_and_removed(box: Box) -> None:
    subscription, extra = box.subscription(), box.price(1000, name="Extra")
    item = box.post("/subscription_items", subscription=subscription["id"], price=extra["id"], quantity=2)
    assert item["quantity"] == 2
    assert box.post(f"/subscription_items/{item['id']}", quantity=5)["quantity"] == 5
    listed = box.get("/subscription_items", subscription=subscription["id"])["data"]
    assert len(listed) == 2
    box.delete(f"/subscription_items/{item['id']}")
    only = box.again(subscription)["items"]["data"]
    assert len(only) == 1
    assert box.refused("DELETE", f"/subscription_items/{only[0]['id']}")["status"] == 400


def test_a_discount_is_taken_away(box: Box) -> None:
    coupon = box.post("/coupons", percent_off=50, duration="forever")
    subscription = box.subscription(discounts=[{"coupon": coupon["id"]}])
    box.delete(f"/subscriptions/{subscription['id']}/discount")
    assert box.again(subscription)["discounts"] == []
    assert box.refused("DELETE", f"/subscriptions/{subscription['id']}/discount")["status"] == 404


def test_a_subscription_on_a_schedule_is_not_paused(box: Box) -> None:
    subscription = box.subscription()
    schedule = box.post("/subscription_schedules", from_subscription=subscription["id"])
    assert box.refused("POST", f"/subscriptions/{subscription['id']}/pause")["status"] == 400
    assert box.post(f"/subscription_schedules/{schedule['id']}/cancel")["status"] == "canceled"
    assert box.again(subscription)["status"] == "canceled"


def test_a_billing_mode_is_migrated(box: Box) -> None:
    subscription = box.subscription()
    migrated = box.post(f"/subscriptions/{subscription['id']}/migrate", billing_mode={"type": "flexible"})
    assert migrated["billing_mode"]["updated_at"] == box.world.now()
