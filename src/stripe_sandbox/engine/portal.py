"""The customer portal: what a person may do there by its configuration, and doing it."""

from stripe_sandbox.engine.cards import card_of
from stripe_sandbox.engine.changing import change_subscription
from stripe_sandbox.engine.ending import cancel
from stripe_sandbox.engine.items import period_of
from stripe_sandbox.engine.methods import attach, make_card, make_default
from stripe_sandbox.engine.periods import step
from stripe_sandbox.engine.schedules import change_schedule, release, schedule_from, schedule_of
from stripe_sandbox.engine.standing import OVER
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, blank, part
from stripe_sandbox.world import World

LIVES = 5 * 60
MOST_PRODUCTS = 10


def make_configuration(world: World, params: Json) -> Json:
    configuration = world.make(
        "billing_portal.configuration",
        "bpc",
        active=True,
        business_profile={"headline": None, "privacy_policy_url": None, "terms_of_service_url": None},
        features=_features(),
        is_default=not world.store.rows("billing_portal.configuration"),
        login_page={"enabled": False, "url": None},
        metadata=params.get("metadata") or {},
        updated=world.now(),
    )
    _set(configuration, params)
    world.emit("billing_portal.configuration.created", configuration)
    return configuration


def change_configuration(world: World, configuration: Json, params: Json) -> Json:
    _set(configuration, params)
    configuration["updated"] = world.now()
    world.emit("billing_portal.configuration.updated", configuration, {})
    return configuration


def _set(configuration: Json, params: Json) -> None:
    for key in ("active", "default_return_url", "name"):
        if key in params:
            configuration[key] = params[key]
    if params.get("business_profile"):
        configuration["business_profile"] = {
            **configuration["business_profile"],
            **params["business_profile"],
        }
    if params.get("metadata"):
        configuration["metadata"] = {**configuration["metadata"], **params["metadata"]}
    for name, given in (params.get("features") or {}).items():
        configuration["features"][name] = _merged(configuration["features"][name], given)
    products = configuration["features"]["subscription_update"].get("products") or []
    if len(products) > MOST_PRODUCTS:
        raise InvalidRequest(
            "A configuration has at most 10 products.", param="features[subscription_update][products]"
        )


def _merged(old: Json, new: Json) -> Json:
    merged = {**old, **new}
    for key, value in new.items():
        if isinstance(old.get(key), dict) and isinstance(value, dict):
            merged[key] = {**old[key], **value}
    if "products" in new:
        merged["products"] = [_product(entry) for entry in new["products"] or []]
    return merged


def _product(given: Json) -> Json:
    quantity = {"enabled": False, "maximum": None, "minimum": 1}
    return {"adjustable_quantity": quantity, "product": given["product"], "prices": given["prices"]}


def _features() -> Json:
    return {
        "customer_update": {"allowed_updates": [], "enabled": False},
        "invoice_history": {"enabled": True},
        "payment_method_update": {"enabled": True, "payment_method_configuration": None},
        "subscription_cancel": {
            "cancellation_reason": {"enabled": False, "options": ["too_expensive", "unused", "other"]},
            "enabled": True,
            "mode": "at_period_end",
            "proration_behavior": "none",
        },
        "subscription_pause": blank("billing_portal.configuration")["features"]["subscription_pause"],
        "subscription_update": {
            "billing_cycle_anchor": None,
            "default_allowed_updates": [],
            "enabled": False,
            "products": [],
            "proration_behavior": "none",
            "schedule_at_period_end": {"conditions": []},
            "trial_update_behavior": "continue_trial",
        },
    }


def open_portal(world: World, params: Json) -> Json:
    """A session of a person at the portal. Raises InvalidRequest without any configuration."""
    customer = world.find_customer(params["customer"])
    configuration = _configuration(world, params.get("configuration"))
    flow = part(params.get("flow_data"))
    session = world.make(
        "billing_portal.session",
        "bps",
        customer=customer["id"],
        configuration=configuration["id"],
        locale=params.get("locale"),
        return_url=params.get("return_url") or configuration["default_return_url"],
        flow=_flow(flow) if flow else None,
    )
    secret = world.ids.token(40)
    world.store.note(session["id"]).update(secret=secret, expires_at=world.now() + LIVES)
    session["url"] = f"{world.settings.base_url}/p/session/{session['id']}/{secret}"
    world.emit("billing_portal.session.created", session)
    return session


def _configuration(world: World, wanted: str | None) -> Json:
    if wanted:
        return world.store.get("billing_portal.configuration", wanted, "configuration")
    default = world.store.rows("billing_portal.configuration", is_default=True)
    if not default:
        raise InvalidRequest(
            "You can't create a portal session in test mode until you save your customer portal settings in test mode."
        )
    return default[0]


def _flow(given: Json) -> Json:
    completion = {"hosted_confirmation": None, "redirect": None, "type": "portal_homepage"}
    kinds = (
        "subscription_cancel",
        "subscription_update",
        "subscription_update_confirm",
        "subscription_pause",
        "customer_update",
    )
    details = {kind: given.get(kind) for kind in kinds}
    if details["subscription_cancel"]:
        details["subscription_cancel"] = {"retention": None, **part(details["subscription_cancel"])}
    if details["subscription_update_confirm"]:
        details["subscription_update_confirm"] = {
            "discounts": None,
            **part(details["subscription_update_confirm"]),
        }
    return {
        "type": given["type"],
        "after_completion": {**completion, **part(given.get("after_completion"))},
        **details,
    }


# -- what a person does there ----------------------------------------------------------------------


def live_subscriptions(world: World, customer: str) -> list[Json]:
    rows = world.store.rows("subscription", customer=customer)
    return [row for row in rows if row["status"] not in OVER]


def change_card(world: World, session: Json, card: Json) -> Json:
    """A new card becomes the default of the customer and of its subscriptions. Raises CardDeclined."""
    customer = world.store.get("customer", session["customer"])
    method = make_card(world, card_of(str(card.get("number"))), card, {"name": customer["name"]})
    attach(world, method, customer["id"])
    make_default(world, customer, method)
    for subscription in live_subscriptions(world, customer["id"]):
        world.change(subscription, "customer.subscription.updated", default_payment_method=method["id"])
    return method


def offered_prices(world: World, session: Json) -> list[Json]:
    """The prices a person may change to."""
    update = _feature(world, session, "subscription_update")
    if not update["enabled"]:
        return []
    ids = [price for product in update["products"] or [] for price in product["prices"]]
    return [world.store.get("price", one) for one in ids]


def change_plan(world: World, session: Json, subscription: Json, price_id: str) -> Json:
    """Now with proration, or at the period's end where the configuration's conditions say so."""
    if price_id not in [one["id"] for one in offered_prices(world, session)]:
        raise InvalidRequest("This price is not offered here.", param="price")
    update = _feature(world, session, "subscription_update")
    item, price = subscription["items"]["data"][0], world.store.get("price", price_id)
    old = schedule_of(world, subscription)
    if old:
        release(world, old)
    if _waits(update, item["price"], price) and subscription["status"] != "trialing":
        return _change_later(world, subscription, price)
    params = {
        "items": [{"id": item["id"], "price": price_id}],
        "proration_behavior": update["proration_behavior"],
    }
    return change_subscription(world, subscription, params)


def _waits(update: Json, old: Json, new: Json) -> bool:
    kinds = {entry["type"] for entry in part(update["schedule_at_period_end"]).get("conditions") or []}
    cheaper = _per_year(new) < _per_year(old)
    shorter = new["recurring"]["interval"] == "month" and old["recurring"]["interval"] == "year"
    return ("decreasing_item_amount" in kinds and cheaper) or ("shortening_interval" in kinds and shorter)


def _per_year(price: Json) -> int:
    yearly = {"day": 365, "week": 52, "month": 12, "year": 1}[price["recurring"]["interval"]]
    return int(price["unit_amount"]) * yearly // int(price["recurring"]["interval_count"])


def _change_later(world: World, subscription: Json, price: Json) -> Json:
    schedule = schedule_from(world, subscription)
    start, end = period_of(subscription)
    first = {
        "items": [{"price": subscription["items"]["data"][0]["price"]["id"]}],
        "start_date": start,
        "end_date": end,
    }
    recurring = price["recurring"]
    second = {
        "items": [{"price": price["id"]}],
        "end_date": step(end, recurring["interval"], recurring["interval_count"]),
    }
    change_schedule(world, schedule, {"phases": [first, second], "end_behavior": "release"})
    return subscription


def cancel_plan(world: World, session: Json, subscription: Json, feedback: str | None) -> Json:
    settings = _feature(world, session, "subscription_cancel")
    if not settings["enabled"]:
        raise InvalidRequest("Canceling is not offered here.", param="subscription")
    details = {"feedback": feedback} if feedback else {}
    schedule = schedule_of(world, subscription)
    if schedule:
        release(world, schedule)
    if settings["mode"] == "immediately":
        return cancel(world, subscription, {"cancellation_details": details})
    return change_subscription(
        world, subscription, {"cancel_at_period_end": True, "cancellation_details": details}
    )


def keep_plan(world: World, subscription: Json) -> Json:
    """Take a planned end, or a planned change of plan, back."""
    schedule = schedule_of(world, subscription)
    if schedule:
        release(world, schedule)
    if subscription["cancel_at_period_end"]:
        change_subscription(world, subscription, {"cancel_at_period_end": False})
    return subscription


def _feature(world: World, session: Json, name: str) -> Json:
    configuration = world.store.get("billing_portal.configuration", session["configuration"])
    found: Json = configuration["features"][name]
    return found
