"""Subscriptions end: at once, at their period's end, unpaid, or never having begun."""

from stripe_sandbox.engine.intents import voucher_expiry
from stripe_sandbox.engine.invoicing import draft, finalize, intent_of, void
from stripe_sandbox.engine.lines import proration
from stripe_sandbox.engine.standing import OVER, subscription_of, unpaid
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World


def end(world: World, subscription: Json, reason: str, **details: object) -> None:
    """Cancel now; tells customer.subscription.deleted. Open invoices stay open."""
    now = world.now(subscription["customer"])
    asked = subscription["canceled_at"] if subscription["cancel_at_period_end"] else None
    subscription |= {
        "status": "canceled",
        "canceled_at": asked or now,
        "ended_at": now,
        "pending_update": None,
        "cancellation_details": {**blank_details(subscription), "reason": reason, **details},
    }
    schedule = world.store.find("subscription_schedule", subscription["schedule"])
    if schedule and schedule["status"] in ("active", "not_started"):
        world.change(schedule, "subscription_schedule.canceled", status="canceled", canceled_at=now)
    for invoice in unpaid(world, subscription):
        invoice |= {"auto_advance": False, "next_payment_attempt": None}
    world.emit("customer.subscription.deleted", subscription)


def blank_details(subscription: Json) -> Json:
    empty = {"comment": None, "feedback": None, "feedback_option": None, "reason": None}
    return {**empty, **(subscription["cancellation_details"] or {})}


def cancel(world: World, subscription: Json, params: Json) -> Json:
    """DELETE: end now, with a final invoice when asked. Raises InvalidRequest for one that is over."""
    if subscription["status"] in OVER:
        raise InvalidRequest(
            f"No such subscription: '{subscription['id']}'", code="resource_missing", param="id"
        )
    customer = world.store.get("customer", subscription["customer"])
    if params.get("prorate") and params.get("invoice_now") and subscription["status"] != "trialing":
        now = world.now(customer["id"])
        credit = [
            proration(world, subscription, item, now, credit=True) for item in subscription["items"]["data"]
        ]
        finalize(world, draft(world, customer, subscription, "subscription_update", credit))
    details = params.get("cancellation_details") or {}
    if subscription["status"] == "incomplete":
        expire(world, subscription)
    else:
        end(world, subscription, "cancellation_requested", **details)
    return subscription


def expire_incomplete(world: World, subscription_id: str) -> None:
    """Job: a first payment that was not made in time; an open boleto gets until its own last day."""
    subscription = world.store.get("subscription", subscription_id)
    if subscription["status"] != "incomplete":
        return
    invoice = world.store.find("invoice", subscription["latest_invoice"])
    intent = intent_of(world, invoice) if invoice else None
    if intent is None or voucher_expiry(intent) is None:
        expire(world, subscription)


def expire_incomplete_of(world: World, invoice: Json | None) -> None:
    """Its boleto was never paid: the subscription that waited for it never begins."""
    subscription = subscription_of(world, invoice) if invoice else None
    if subscription is not None and subscription["status"] == "incomplete":
        expire(world, subscription)


def expire(world: World, subscription: Json) -> None:
    now = world.now(subscription["customer"])
    for invoice in unpaid(world, subscription):
        void(world, invoice)
    world.change(
        subscription,
        "customer.subscription.updated",
        status="incomplete_expired",
        ended_at=now,
    )


def cancel_when_due(world: World, subscription_id: str) -> None:
    """Job: the moment of `cancel_at` has come."""
    subscription = world.store.get("subscription", subscription_id)
    due = subscription["cancel_at"]
    if subscription["status"] not in OVER and due is not None and due <= world.now(subscription["customer"]):
        end(world, subscription, "cancellation_requested")
