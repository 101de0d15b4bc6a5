"""A subscription begins: with a trial, with a first payment, or with an invoice to be sent."""

from stripe_sandbox.engine import discounts
from stripe_sandbox.engine.cards import APPROVE
from stripe_sandbox.engine.collecting import NO_METHOD, collect
from stripe_sandbox.engine.ending import expire
from stripe_sandbox.engine.intents import declined_error
from stripe_sandbox.engine.invoicing import draft, finalize, intent_of, mark_paid
from stripe_sandbox.engine.items import add_item, plan_trial_notice, recurring_price, rhythm, set_period
from stripe_sandbox.engine.lines import pending_entries, single_line, taken_up, whole_period
from stripe_sandbox.engine.methods import find_method
from stripe_sandbox.engine.periods import next_boundary
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, page, part
from stripe_sandbox.world import World

DAY, HOUR = 86_400, 3600
MOST_PER_CUSTOMER = 500
COPIED = ("description", "days_until_due", "pause_collection")


def subscribe(world: World, params: Json, intent: Json | None = None) -> Json:
    """Create a subscription from API parameters. Raises InvalidRequest, and CardDeclined when asked to.

    `intent`: a checkout has asked for the money already.
    """
    customer = world.find_customer(params["customer"])
    _check(world, customer, params)
    subscription = _begin(world, customer, params)
    _first_invoice(world, customer, subscription, params, intent)
    return subscription


def _check(world: World, customer: Json, params: Json) -> None:
    wanted = params.get("items") or []
    if not wanted:
        raise InvalidRequest("Missing required param: items.", code="parameter_missing", param="items")
    prices = [
        recurring_price(world, entry.get("price"), f"items[{n}][price]") for n, entry in enumerate(wanted)
    ]
    if len({price["currency"] for price in prices}) > 1:
        raise InvalidRequest("All prices on a subscription must have the same currency.", param="items")
    if len(world.store.rows("subscription", customer=customer["id"])) >= MOST_PER_CUSTOMER:
        raise InvalidRequest(
            f"Customer {customer['id']} already has the maximum {MOST_PER_CUSTOMER} current subscriptions."
        )
    for wanted_discount in params.get("discounts") or []:
        discounts.find_coupon(world, wanted_discount, customer["id"])
    if params.get("collection_method") == "send_invoice" and "days_until_due" not in params:
        raise InvalidRequest(
            "When creating a subscription with `collection_method=send_invoice`, you must set `days_until_due`.",
            param="days_until_due",
        )


def _begin(world: World, customer: Json, params: Json) -> Json:
    now = world.now(customer["id"])
    trial_end = _trial_end(now, params)
    method = params.get("default_payment_method")
    subscription = world.make(
        "subscription",
        "sub",
        customer=customer["id"],
        created=now,
        start_date=now,
        currency=world.store.get("price", params["items"][0]["price"])["currency"],
        status="trialing" if trial_end else "incomplete",
        trial_start=now if trial_end else None,
        trial_end=trial_end,
        trial_settings=params.get("trial_settings")
        or {"end_behavior": {"missing_payment_method": "create_invoice"}},
        billing_cycle_anchor=trial_end or params.get("billing_cycle_anchor") or now,
        billing_mode={
            "type": "flexible",
            "flexible": {"proration_discounts": "included"},
            "updated_at": None,
        },
        collection_method=params.get("collection_method", "charge_automatically"),
        default_payment_method=find_method(world, method)["id"] if method else None,
        cancel_at_period_end=params.get("cancel_at_period_end", False),
        cancellation_details={"comment": None, "feedback": None, "feedback_option": None, "reason": None},
        metadata=params.get("metadata") or {},
        payment_settings=_payment_settings(params),
        invoice_settings={
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": {"account": None, "type": "self"},
        },
        test_clock=customer["test_clock"],
        **{key: params[key] for key in COPIED if key in params},
    )
    subscription["items"] = page([], f"/v1/subscription_items?subscription={subscription['id']}")
    for entry in params["items"]:
        add_item(world, subscription, entry, (now, now))
    _first_period(world, subscription, now)
    customer["currency"] = customer["currency"] or subscription["currency"]
    for wanted in params.get("discounts") or []:
        subscription["discounts"].append(discounts.give(world, wanted, customer["id"], subscription)["id"])
    return subscription


def _payment_settings(params: Json) -> Json:
    given = part(params.get("payment_settings"))
    return {
        "payment_method_options": given.get("payment_method_options"),
        "payment_method_types": given.get("payment_method_types"),
        "save_default_payment_method": given.get("save_default_payment_method", "off"),
    }


def _trial_end(now: int, params: Json) -> int | None:
    end = params.get("trial_end")
    if end and end != "now":
        return int(end)
    days = params.get("trial_period_days")
    return now + int(days) * DAY if days else None


def _first_period(world: World, subscription: Json, now: int) -> None:
    if subscription["trial_end"]:
        end = subscription["trial_end"]
        plan_trial_notice(world, subscription)
    else:
        interval, count = rhythm(subscription)
        end = next_boundary(subscription["billing_cycle_anchor"], interval, count, now)
    set_period(world, subscription, now, end)
    if subscription["cancel_at_period_end"]:
        subscription |= {"cancel_at": end, "canceled_at": now}


def _first_invoice(
    world: World, customer: Json, subscription: Json, params: Json, intent: Json | None
) -> None:
    trialing = subscription["status"] == "trialing"
    entries = pending_entries(world, customer["id"], None)
    rows = [
        *whole_period(world, subscription, free=trialing),
        *(single_line(world, entry) for entry in entries),
    ]
    if not trialing and subscription["collection_method"] == "send_invoice":
        subscription["status"] = "active"
    invoice = draft(world, customer, subscription, "subscription_create", rows)
    taken_up(entries, invoice)
    invoice["payment_settings"] = {
        **invoice["payment_settings"],
        "payment_method_options": subscription["payment_settings"]["payment_method_options"],
    }
    world.store.note(invoice["id"])["days_until_due"] = subscription["days_until_due"] or 30
    world.emit("customer.subscription.created", subscription)
    if subscription["collection_method"] == "send_invoice":
        plan_finalization(world, invoice)
        return
    finalize(world, invoice, intent)
    if invoice["status"] != "open":
        return
    if intent is None:
        _first_payment(world, subscription, invoice, params)
    elif intent["status"] == "succeeded":
        invoice["attempt_count"] = 1
        mark_paid(world, invoice, intent)
    else:
        _plan_expiry(world, subscription)
        world.emit("invoice.payment_action_required", invoice)


def plan_finalization(world: World, invoice: Json) -> None:
    moment = world.now(invoice["customer"]) + world.switches.draft_seconds
    invoice["automatically_finalizes_at"] = moment
    world.later(moment, "finalize_invoice", invoice["id"], invoice["customer"])


def _plan_expiry(world: World, subscription: Json) -> None:
    moment = world.now(subscription["customer"]) + world.switches.incomplete_hours * HOUR
    world.later(moment, "expire_incomplete", subscription["id"], subscription["customer"])


def _first_payment(world: World, subscription: Json, invoice: Json, params: Json) -> None:
    _plan_expiry(world, subscription)
    behavior = params.get("payment_behavior", "allow_incomplete")
    if behavior == "default_incomplete":
        return
    outcome = collect(world, invoice)
    if behavior != "error_if_incomplete" or outcome == APPROVE:
        return
    intent = intent_of(world, invoice)
    expire(world, subscription)
    if outcome == NO_METHOD or intent is None:
        raise InvalidRequest(
            "This customer has no attached payment source or default payment method.", code="resource_missing"
        )
    raise declined_error(intent)
