"""A subscription changes: other prices now with proration, an end that is planned or taken back, a trial cut short."""

from stripe_sandbox.engine import discounts
from stripe_sandbox.engine.ending import blank_details
from stripe_sandbox.engine.items import period_of, set_period
from stripe_sandbox.engine.renewing import end_trial_now
from stripe_sandbox.engine.repricing import change_prices, restarts, wanted_changes
from stripe_sandbox.engine.standing import OVER
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, part, rendered
from stripe_sandbox.world import World

SIMPLE = (
    "default_payment_method",
    "description",
    "collection_method",
    "days_until_due",
    "pause_collection",
    "trial_settings",
)


def change_subscription(world: World, subscription: Json, params: Json) -> Json:
    """Update from API parameters. Raises InvalidRequest, and CardDeclined for `error_if_incomplete`."""
    if subscription["status"] in OVER and set(params) - {"metadata", "cancellation_details"}:
        raise InvalidRequest(
            "A canceled subscription can only update its cancellation_details and metadata.", param="id"
        )
    if params.get("trial_end") == "now":
        end_trial_now(world, subscription)
    before = rendered(subscription)
    _set_simple(world, subscription, params)
    _plan_end(world, subscription, params)
    _move_trial_end(world, subscription, params)
    wanted = wanted_changes(world, params.get("items") or [])
    if wanted or restarts(params):
        change_prices(world, subscription, wanted, params)
    told = {
        key: before[key]
        for key in before
        if before[key] != rendered(subscription)[key] and key != "latest_invoice"
    }
    if told:
        world.emit("customer.subscription.updated", subscription, told)
    return subscription


def _set_simple(world: World, subscription: Json, params: Json) -> None:
    for key in SIMPLE:
        if key in params:
            subscription[key] = params[key]
    if params.get("default_payment_method"):
        world.store.get("payment_method", params["default_payment_method"], "default_payment_method")
    if params.get("metadata") is not None:
        merged = {**subscription["metadata"], **params["metadata"]}
        subscription["metadata"] = {key: value for key, value in merged.items() if value != ""}
    if "payment_settings" in params:
        subscription["payment_settings"] = {**subscription["payment_settings"], **params["payment_settings"]}
    if "discounts" in params:
        subscription["discounts"] = [
            discounts.give(world, wanted, subscription["customer"], subscription)["id"]
            for wanted in params["discounts"] or []
        ]


def _plan_end(world: World, subscription: Json, params: Json) -> None:
    """`cancel_at_period_end` and `cancel_at`, set or taken back."""
    if subscription["schedule"] and ("cancel_at_period_end" in params or "cancel_at" in params):
        raise InvalidRequest(
            f"The subscription is managed by the subscription schedule `{subscription['schedule']}`, and updating "
            "any cancelation behavior directly is not allowed. Please update the schedule instead."
        )
    details = part(params.get("cancellation_details"))
    if details:
        subscription["cancellation_details"] = {**blank_details(subscription), **details}
    now = world.now(subscription["customer"])
    if "cancel_at_period_end" in params:
        wanted = params["cancel_at_period_end"]
        when = period_of(subscription)[1] if wanted else None
        reason = "cancellation_requested" if wanted else None
        subscription |= {
            "cancel_at_period_end": wanted,
            "cancel_at": when,
            "canceled_at": now if wanted else None,
        }
        subscription["cancellation_details"] = {**blank_details(subscription), "reason": reason}
    elif "cancel_at" in params:
        when = params["cancel_at"]
        if isinstance(when, str):  # min_period_end and its likes
            when = period_of(subscription)[1]
        subscription |= {
            "cancel_at": when,
            "canceled_at": now if when else None,
            "cancel_at_period_end": False,
        }
        if when:
            world.later(int(when), "cancel_when_due", subscription["id"], subscription["customer"])


def _move_trial_end(world: World, subscription: Json, params: Json) -> None:
    end = params.get("trial_end")
    if not isinstance(end, int):
        return
    now = world.now(subscription["customer"])
    subscription |= {"trial_end": end, "billing_cycle_anchor": end}
    if end > now:
        subscription |= {"status": "trialing", "trial_start": subscription["trial_start"] or now}
    set_period(world, subscription, period_of(subscription)[0], end)
