"""Subscriptions, their items and schedules."""

from stripe_sandbox.endpoints.calls import Call, Endpoint, deleted, lists, reads
from stripe_sandbox.engine import changing, discounts, ending, renewing, schedules, subscribing
from stripe_sandbox.engine.standing import OVER
from stripe_sandbox.errors import InvalidRequest, NoSuchObject
from stripe_sandbox.shapes import Json


def create(call: Call) -> Json:
    return subscribing.subscribe(call.world, call.params)


def list_subscriptions(call: Call) -> Json:
    """Without a status the canceled ones are left out."""
    rows = call.world.store.rows("subscription", **call.wanted("customer", "collection_method", "test_clock"))
    status, price = call.params.get("status"), call.params.get("price")
    if status == "ended":
        rows = [row for row in rows if row["status"] in OVER]
    elif status in (None, "all"):
        rows = [row for row in rows if status == "all" or row["status"] != "canceled"]
    else:
        rows = [row for row in rows if row["status"] == status]
    return call.page(
        [row for row in rows if not price or price in [one["price"]["id"] for one in row["items"]["data"]]]
    )


def update(call: Call) -> Json:
    return changing.change_subscription(
        call.world, call.world.store.get("subscription", call.id), call.params
    )


def cancel(call: Call) -> Json:
    return ending.cancel(call.world, call.world.store.get("subscription", call.id), call.params)


def pause(call: Call) -> Json:
    subscription = call.world.store.get("subscription", call.id)
    if subscription["schedule"] or subscription["status"] not in ("active", "trialing"):
        raise InvalidRequest("This subscription cannot be paused.", param="id")
    renewing.pause(call.world, subscription, "pause_requested")
    return subscription


def resume(call: Call) -> Json:
    subscription = call.world.store.get("subscription", call.id)
    if subscription["status"] != "paused":
        raise InvalidRequest("Only a paused subscription can be resumed.", param="id")
    return renewing.resume(call.world, subscription)


def migrate(call: Call) -> Json:
    subscription = call.world.store.get("subscription", call.id)
    now = call.world.now(subscription["customer"])
    mode = {**subscription["billing_mode"], "type": call.params["billing_mode"]["type"], "updated_at": now}
    call.world.change(subscription, "customer.subscription.updated", billing_mode=mode)
    return subscription


def delete_discount(call: Call) -> Json:
    subscription = call.world.store.get("subscription", call.id)
    if not subscription["discounts"]:
        raise NoSuchObject("discount", call.id)
    discount = call.world.store.get("discount", subscription["discounts"][0])
    discounts.remove(call.world, discount)
    return deleted(discount)


def create_item(call: Call) -> Json:
    subscription = call.world.store.get("subscription", call.params["subscription"], "subscription")
    entry = {key: call.params[key] for key in ("price", "quantity", "metadata") if key in call.params}
    changing.change_subscription(call.world, subscription, {**_rules(call), "items": [entry]})
    return subscription["items"]["data"][-1]  # type: ignore[no-any-return]


def _rules(call: Call) -> Json:
    return call.wanted("proration_behavior", "proration_date", "payment_behavior")


def update_item(call: Call) -> Json:
    item = call.world.store.get("subscription_item", call.id)
    subscription = call.world.store.get("subscription", item["subscription"])
    entry = {"id": item["id"], **call.wanted("price", "quantity")}
    changing.change_subscription(call.world, subscription, {**_rules(call), "items": [entry]})
    return item


def delete_item(call: Call) -> Json:
    item = call.world.store.get("subscription_item", call.id)
    subscription = call.world.store.get("subscription", item["subscription"])
    if len(subscription["items"]["data"]) == 1:
        raise InvalidRequest("A subscription must have at least one active plan.", param="id")
    entry = {"id": item["id"], "deleted": True}
    changing.change_subscription(call.world, subscription, {**_rules(call), "items": [entry]})
    return deleted(item)


def create_schedule(call: Call) -> Json:
    if not call.params.get("from_subscription"):
        raise InvalidRequest(
            "Stripe in a box makes schedules of existing subscriptions only.", param="from_subscription"
        )
    subscription = call.world.store.get("subscription", call.params["from_subscription"], "from_subscription")
    return schedules.schedule_from(call.world, subscription)


def update_schedule(call: Call) -> Json:
    schedule = call.world.store.get("subscription_schedule", call.id)
    return schedules.change_schedule(call.world, schedule, call.params)


def release_schedule(call: Call) -> Json:
    return schedules.release(call.world, call.world.store.get("subscription_schedule", call.id))


def cancel_schedule(call: Call) -> Json:
    schedule = call.world.store.get("subscription_schedule", call.id)
    subscription = call.world.store.get("subscription", schedule["subscription"])
    ending.end(call.world, subscription, "cancellation_requested")
    return schedule


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/subscriptions": create,
    "GET /v1/subscriptions": list_subscriptions,
    "GET /v1/subscriptions/{}": reads("subscription"),
    "POST /v1/subscriptions/{}": update,
    "DELETE /v1/subscriptions/{}": cancel,
    "DELETE /v1/subscriptions/{}/discount": delete_discount,
    "POST /v1/subscriptions/{}/pause": pause,
    "POST /v1/subscriptions/{}/resume": resume,
    "POST /v1/subscriptions/{}/migrate": migrate,
    "GET /v1/subscription_items": lists("subscription_item", "subscription"),
    "POST /v1/subscription_items": create_item,
    "GET /v1/subscription_items/{}": reads("subscription_item"),
    "POST /v1/subscription_items/{}": update_item,
    "DELETE /v1/subscription_items/{}": delete_item,
    "POST /v1/subscription_schedules": create_schedule,
    "GET /v1/subscription_schedules": lists("subscription_schedule", "customer"),
    "GET /v1/subscription_schedules/{}": reads("subscription_schedule"),
    "POST /v1/subscription_schedules/{}": update_schedule,
    "POST /v1/subscription_schedules/{}/release": release_schedule,
    "POST /v1/subscription_schedules/{}/cancel": cancel_schedule,
}
