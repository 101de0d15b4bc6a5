"""Subscription items: which price, how many, and the period they are paid for."""

from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, blank, page
from stripe_sandbox.world import World

DAY = 86_400
TRIAL_NOTICE_DAYS = 3


def recurring_price(world: World, price_id: object, param: str) -> Json:
    """An active price that renews; raises InvalidRequest."""
    price = world.store.get("price", price_id, param)
    if price["type"] != "recurring":
        raise InvalidRequest(
            "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
            param=param,
        )
    if not price["active"]:
        raise InvalidRequest(
            "The price specified is inactive. This field only accepts active prices.", param=param
        )
    return price


def add_item(world: World, subscription: Json, wanted: Json, period: tuple[int, int]) -> Json:
    """One more item of `{"price", "quantity", "metadata"}`, paid for from and until `period`."""
    price = recurring_price(world, wanted.get("price"), "items[0][price]")
    item = world.make(
        "subscription_item",
        "si",
        created=world.now(subscription["customer"]),
        price=price,
        plan=plan_of(price),
        quantity=wanted.get("quantity", 1),
        metadata=wanted.get("metadata") or {},
        subscription=subscription["id"],
        current_period_start=period[0],
        current_period_end=period[1],
    )
    items = subscription["items"]["data"]
    subscription["items"] = page([*items, item], f"/v1/subscription_items?subscription={subscription['id']}")
    return item


def remove_item(world: World, subscription: Json, item: Json) -> None:
    rest = [one for one in subscription["items"]["data"] if one["id"] != item["id"]]
    subscription["items"] = page(rest, subscription["items"]["url"])
    world.store.remove("subscription_item", item["id"])


def plan_of(price: Json) -> Json:
    """The older name of a recurring price, still inside every item."""
    plan = blank("plan")
    return plan | {
        "id": price["id"],
        "active": price["active"],
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "created": price["created"],
        "currency": price["currency"],
        "interval": price["recurring"]["interval"],
        "interval_count": price["recurring"]["interval_count"],
        "metadata": price["metadata"],
        "nickname": price["nickname"],
        "product": price["product"],
        "usage_type": "licensed",
    }


def set_price(item: Json, price: Json, quantity: int | None = None) -> None:
    item |= {"price": price, "plan": plan_of(price)}
    if quantity is not None:
        item["quantity"] = quantity


def rhythm(subscription: Json) -> tuple[str, int]:
    """(interval, count) of a subscription: that of its first item."""
    recurring = subscription["items"]["data"][0]["price"]["recurring"]
    return recurring["interval"], recurring["interval_count"]


def period_of(subscription: Json) -> tuple[int, int]:
    item = subscription["items"]["data"][0]
    return item["current_period_start"], item["current_period_end"]


def set_period(world: World, subscription: Json, start: int, end: int) -> None:
    """Move every item to a period, and write down what happens at its end."""
    for item in subscription["items"]["data"]:
        item |= {"current_period_start": start, "current_period_end": end}
    customer = subscription["customer"]
    world.later(end, "renew", subscription["id"], customer)
    days = world.switches.upcoming_days
    upcoming = end - days * DAY
    if days and upcoming > world.now(customer):
        world.later(upcoming, "announce_renewal", subscription["id"], customer)


def plan_trial_notice(world: World, subscription: Json) -> None:
    """trial_will_end comes three days before the end, at once for a shorter rest."""
    now, end = world.now(subscription["customer"]), subscription["trial_end"]
    notice = max(now + 1, end - TRIAL_NOTICE_DAYS * DAY)
    world.later(notice, "announce_trial_end", subscription["id"], subscription["customer"])


def apply_pending_update(world: World, subscription: Json) -> None:
    """What waited for its payment happens now."""
    waiting = world.store.note(subscription["id"]).pop("waiting_update", None)
    if waiting is None:
        return
    for item_id, price_id, quantity in waiting:
        item = world.store.get("subscription_item", item_id)
        set_price(item, world.store.get("price", price_id), quantity)
    period = world.store.note(subscription["id"]).pop("waiting_period", None)
    if period is not None:  # another interval: it begins with the change
        subscription["billing_cycle_anchor"] = period[0]
        set_period(world, subscription, *period)
    subscription["pending_update"] = None
    world.emit("customer.subscription.pending_update_applied", subscription)
    world.emit("customer.subscription.updated", subscription, {"pending_update": {}})
