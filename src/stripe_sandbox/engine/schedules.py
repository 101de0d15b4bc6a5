"""Subscription schedules: what a subscription is to become at the ends of its periods."""

from stripe_sandbox.engine.items import period_of, set_price
from stripe_sandbox.engine.periods import step
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, blank
from stripe_sandbox.world import World

LIVE = ("active", "not_started")
PHASE_NULLS = ("application_fee_percent", "automatic_tax", "billing_cycle_anchor", "billing_thresholds",
               "collection_method", "default_payment_method", "default_tax_rates", "description", "invoice_settings",
               "on_behalf_of", "transfer_data", "trial", "trial_end")  # fmt: skip


def schedule_from(world: World, subscription: Json) -> Json:
    """A schedule whose one phase is the subscription's current period. Raises InvalidRequest when it has one."""
    if subscription["schedule"]:
        raise InvalidRequest(
            f"You cannot migrate a subscription that is already attached to a schedule: `{subscription['schedule']}`."
        )
    start, end = period_of(subscription)
    items = [
        {"price": row["price"]["id"], "quantity": row["quantity"]} for row in subscription["items"]["data"]
    ]
    settings = blank("subscription_schedule")["default_settings"] | {
        "billing_cycle_anchor": "automatic",
        "collection_method": subscription["collection_method"],
    }
    settings["invoice_settings"]["issuer"] = {"account": None, "type": "self"}
    schedule = world.make(
        "subscription_schedule",
        "sub_sched",
        customer=subscription["customer"],
        subscription=subscription["id"],
        status="active",
        end_behavior="release",
        billing_mode=dict(subscription["billing_mode"]),
        default_settings=settings,
        current_phase={"start_date": start, "end_date": end},
        metadata={},
        phases=[_phase(world, {"items": items}, start, end, subscription["currency"])],
        test_clock=subscription["test_clock"],
    )
    world.emit("subscription_schedule.created", schedule)
    world.change(subscription, "customer.subscription.updated", schedule=schedule["id"])
    return schedule


def _phase(world: World, given: Json, start: int, end: int, currency: str) -> Json:
    rows = []
    for entry in given["items"]:
        price = world.store.get("price", entry["price"], "phases[0][items][0][price]")
        row: Json = {
            "billing_thresholds": None,
            "discounts": [],
            "metadata": entry.get("metadata") or {},
            "tax_rates": [],
        }
        rows.append({**row, "plan": price["id"], "price": price["id"], "quantity": entry.get("quantity", 1)})
    return dict.fromkeys(PHASE_NULLS) | {
        "add_invoice_items": [],
        "currency": currency,
        "discounts": [],
        "end_date": end,
        "items": rows,
        "metadata": given.get("metadata") or {},
        "proration_behavior": given.get("proration_behavior", "create_prorations"),
        "start_date": start,
    }


def change_schedule(world: World, schedule: Json, params: Json) -> Json:
    """Replace the phases: the first begins with the current one, each next where the one before ends."""
    _check_live(schedule)
    changes: Json = {key: params[key] for key in ("end_behavior",) if key in params}
    if params.get("metadata"):
        changes["metadata"] = {**(schedule["metadata"] or {}), **params["metadata"]}
    if params.get("phases"):
        changes["phases"] = _phases(world, schedule, params["phases"])
        changes["current_phase"] = {
            "start_date": changes["phases"][0]["start_date"],
            "end_date": changes["phases"][0]["end_date"],
        }
    world.change(schedule, "subscription_schedule.updated", **changes)
    return schedule


def _phases(world: World, schedule: Json, given: list[Json]) -> list[Json]:
    start, phases = schedule["phases"][0]["start_date"], []
    subscription = world.store.get("subscription", schedule["subscription"])
    for n, entry in enumerate(given):
        if not entry.get("items"):
            raise InvalidRequest(
                "Missing required param: phases[0][items].",
                code="parameter_missing",
                param=f"phases[{n}][items]",
            )
        end = _phase_end(world, entry, start if n else schedule["current_phase"]["start_date"])
        if n == 0 and not entry.get("end_date") and not entry.get("duration") and not entry.get("iterations"):
            end = schedule["current_phase"]["end_date"]
        phases.append(_phase(world, entry, start, end, subscription["currency"]))
        start = end
    return phases


def _phase_end(world: World, entry: Json, start: int) -> int:
    if entry.get("end_date"):
        return int(entry["end_date"])
    duration = entry.get("duration")
    if duration:
        return step(start, duration["interval"], int(duration.get("interval_count") or 1))
    recurring = world.store.get("price", entry["items"][0]["price"])["recurring"]
    return step(start, recurring["interval"], recurring["interval_count"] * int(entry.get("iterations") or 1))


def schedule_of(world: World, subscription: Json) -> Json | None:
    schedule = world.store.find("subscription_schedule", subscription["schedule"])
    return schedule if schedule and schedule["status"] in LIVE else None


def ends_at_boundary(world: World, subscription: Json) -> bool:
    """Whether the schedule's last phase is over and says to cancel."""
    schedule = schedule_of(world, subscription)
    if schedule is None or schedule["end_behavior"] != "cancel":
        return False
    return bool(schedule["phases"][-1]["end_date"] <= world.now(subscription["customer"]))


def enter_phase(world: World, subscription: Json) -> None:
    """At the end of a period: the phase that begins now sets the prices; after the last one the schedule lets go."""
    schedule = schedule_of(world, subscription)
    if schedule is None:
        return
    now = world.now(subscription["customer"])
    current = next((one for one in schedule["phases"] if one["start_date"] <= now < one["end_date"]), None)
    if current is None:
        complete(world, schedule, subscription)
        return
    for item, row in zip(subscription["items"]["data"], current["items"], strict=False):
        price = world.store.get("price", row["price"])
        if price["recurring"] != item["price"]["recurring"]:
            subscription["billing_cycle_anchor"] = current["start_date"]
        set_price(item, price, row["quantity"])
    phase = {"start_date": current["start_date"], "end_date": current["end_date"]}
    world.change(schedule, "subscription_schedule.updated", current_phase=phase)
    if current is schedule["phases"][-1] and schedule["end_behavior"] == "release":
        world.store.note(schedule["id"])["last_phase"] = True


def complete(world: World, schedule: Json, subscription: Json) -> None:
    """The last phase is over: the subscription goes on by itself."""
    now = world.now(subscription["customer"])
    schedule |= {"completed_at": now, "current_phase": None, "released_subscription": subscription["id"]}
    schedule |= {"status": "released", "released_at": now, "subscription": None}
    subscription["schedule"] = None
    world.emit("subscription_schedule.released", schedule)


def release(world: World, schedule: Json) -> Json:
    """Let the subscription go now, unchanged. Raises InvalidRequest for a schedule that is over."""
    _check_live(schedule)
    subscription = world.store.get("subscription", schedule["subscription"])
    now = world.now(schedule["customer"])
    schedule |= {"status": "released", "released_at": now, "current_phase": None}
    schedule |= {"released_subscription": subscription["id"], "subscription": None}
    world.emit("subscription_schedule.released", schedule)
    world.change(subscription, "customer.subscription.updated", schedule=None)
    return schedule


def _check_live(schedule: Json) -> None:
    if schedule["status"] not in LIVE:
        raise InvalidRequest(
            f"The subscription schedule is currently in the `{schedule['status']}` status; it must be `active` or "
            "`not_started`."
        )
