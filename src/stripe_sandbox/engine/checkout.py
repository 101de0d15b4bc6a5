"""Checkout sessions: offered, paid for (at once, after 3-D Secure, or later by boleto), abandoned, expired."""

from stripe_sandbox.engine import discounts
from stripe_sandbox.engine.cards import APPROVE, AUTHENTICATE, VOUCHER
from stripe_sandbox.engine.customers import make_customer
from stripe_sandbox.engine.intents import attempt, cancel_intent, make_intent
from stripe_sandbox.engine.methods import attach
from stripe_sandbox.engine.pricing import session_lines
from stripe_sandbox.engine.setups import confirm_setup, make_setup
from stripe_sandbox.engine.subscribing import subscribe
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, part, rendered
from stripe_sandbox.world import World

MINUTE, HOUR = 60, 3600
SHORTEST, LONGEST = 30 * MINUTE, 24 * HOUR
COPIED = ("client_reference_id", "success_url", "cancel_url", "return_url", "locale", "allow_promotion_codes",
          "allowed_payment_method_types", "billing_address_collection", "payment_method_options", "submit_type",
          "customer_email")  # fmt: skip
PLACEHOLDER = "{CHECKOUT_SESSION_ID}"


def open_session(world: World, params: Json) -> Json:
    """A session with its page. Raises InvalidRequest for what the vendor refuses too."""
    now = world.now(params.get("customer"))
    expires = int(params.get("expires_at") or now + LONGEST)
    _check(world, params, now, expires)
    lines = session_lines(world, params.get("line_items") or [])
    for wanted in params.get("discounts") or []:
        _check_least(discounts.find_coupon(world, wanted, params.get("customer"))[1], lines)
    session = world.make(
        "checkout.session",
        "cs_test",
        mode=params["mode"],
        status="open",
        ui_mode=params.get("ui_mode", "hosted_page"),
        payment_status="unpaid",
        currency=lines[0]["currency"] if lines else params.get("currency"),
        customer=params.get("customer"),
        expires_at=expires,
        metadata=params.get("metadata") or {},
        payment_method_collection=params.get("payment_method_collection", "always")
        if params["mode"] == "subscription"
        else None,
        payment_method_types=_methods(world, params),
        payment_method_options=params.get("payment_method_options") or {},
        automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
        **{key: params[key] for key in COPIED if key in params and key != "payment_method_options"},
    )
    session["url"] = f"{world.settings.base_url}/pay/{session['id']}"
    note = world.store.note(session["id"])
    note |= {
        "line_items": lines,
        "subscription_data": part(params.get("subscription_data")),
        "discount": None,
    }
    note["payment_intent_data"] = part(params.get("payment_intent_data"))
    add_up(world, session)
    for wanted in params.get("discounts") or []:
        apply_discount(world, session, wanted)
    world.later(expires, "expire_session", session["id"], session["customer"])
    return session


def _check(world: World, params: Json, now: int, expires: int) -> None:
    if params["mode"] != "setup" and not params.get("line_items"):
        raise InvalidRequest(
            "Missing required param: line_items.", code="parameter_missing", param="line_items"
        )
    if params.get("ui_mode", "hosted_page") == "hosted_page" and not params.get("success_url"):
        raise InvalidRequest(
            "Missing required param: success_url.", code="parameter_missing", param="success_url"
        )
    if not SHORTEST <= expires - now <= LONGEST + MINUTE:
        raise InvalidRequest(
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session "
            "creation.",
            param="expires_at",
        )
    if params.get("customer"):
        world.find_customer(params["customer"])
        if params.get("customer_email"):
            raise InvalidRequest(
                "You may only specify one of these parameters: customer, customer_email.", param="customer"
            )
    if params.get("allow_promotion_codes") and params.get("discounts"):
        raise InvalidRequest(
            "You may only specify one of these parameters: allow_promotion_codes, discounts."
        )


def _methods(world: World, params: Json) -> list[str]:
    offered = ["card", "boleto"] if world.switches.brazilian_account else ["card"]
    wanted = params.get("allowed_payment_method_types") or offered
    unknown = [one for one in wanted if one not in offered]
    if unknown:
        raise InvalidRequest(
            f"The payment method type provided: {unknown[0]} is invalid.",
            param="allowed_payment_method_types",
        )
    return [one for one in offered if one in wanted]


def add_up(world: World, session: Json) -> None:
    """What is to be paid now: nothing while a trial begins."""
    note = world.store.note(session["id"])
    subtotal = sum(row["amount_subtotal"] for row in note["line_items"])
    free = bool(_trial(note["subscription_data"]))
    due = 0 if free else subtotal
    off = _off(world, note["discount"], due)
    session |= {
        "amount_subtotal": due,
        "amount_total": due - off,
        "total_details": {"amount_discount": off, "amount_shipping": 0, "amount_tax": 0},
        "discounts": [note["discount"]] if note["discount"] else [],
    }


def _trial(data: Json) -> object:
    return data.get("trial_period_days") or data.get("trial_end")


def _off(world: World, wanted: Json | None, amount: int) -> int:
    if not wanted:
        return 0
    coupon = world.store.get("coupon", wanted["coupon"])
    return discounts.taken_off(world, {"source": {"coupon": coupon["id"]}}, amount)


def _check_least(promotion: Json | None, lines: list[Json]) -> None:
    least = promotion["restrictions"]["minimum_amount"] if promotion else None
    if least and sum(row["amount_subtotal"] for row in lines) < least:
        raise InvalidRequest(
            "The minimum amount of this promotion code is not reached.", param="promotion_code"
        )


def apply_discount(world: World, session: Json, wanted: Json) -> None:
    """Use a coupon or promotion code on the page. Raises InvalidRequest."""
    coupon, promotion = discounts.find_coupon(world, wanted, session["customer"])
    _check_least(promotion, world.store.note(session["id"])["line_items"])
    code = promotion["id"] if promotion else None
    world.store.note(session["id"])["discount"] = {"coupon": coupon["id"], "promotion_code": code}
    add_up(world, session)


# -- paying ----------------------------------------------------------------------------------------


def pay(world: World, session: Json, method: Json | None, details: Json) -> str:
    """The person pressed the button: "complete", "requires_action" (3-D Secure), or the decline's name.

    `details` are {"email", "name"} of the payer. Raises CardDeclined when the card cannot even be saved.
    """
    if session["status"] != "open":
        raise InvalidRequest("This Checkout Session is no longer active.", param="id")
    _know_customer(world, session, details)
    if session["mode"] == "setup" or not session["amount_total"]:
        return _save_only(world, session, method)
    if method is None:
        raise InvalidRequest("A payment method is needed.", param="payment_method")
    intent = _intent_of(world, session)
    outcome = attempt(world, intent, method, present=True)
    if outcome in (APPROVE, VOUCHER):
        return finish(world, session, method, intent)
    return "requires_action" if outcome == AUTHENTICATE else outcome


def _know_customer(world: World, session: Json, details: Json) -> None:
    if session["customer"] is None and session["mode"] != "payment":
        email = details.get("email") or session["customer_email"]
        session["customer"] = make_customer(world, {"email": email, "name": details.get("name")})["id"]
    known = world.store.find("customer", session["customer"]) or {}
    tax_ids = world.store.rows("tax_id", customer=session["customer"]) if session["customer"] else []
    session["customer_details"] = {
        "address": rendered(known.get("address")),
        "business_name": None,
        "email": details.get("email") or known.get("email") or session["customer_email"],
        "individual_name": None,
        "name": details.get("name") or known.get("name"),
        "phone": known.get("phone"),
        "tax_exempt": "none",
        "tax_ids": [{"type": row["type"], "value": row["value"]} for row in tax_ids],
    }


def _intent_of(world: World, session: Json) -> Json:
    """The one intent of a session, whatever number of cards is tried."""
    note = world.store.note(session["id"])
    if "intent" in note:
        return world.store.get("payment_intent", note["intent"])
    intent = make_intent(
        world,
        session["amount_total"],
        session["currency"],
        session["customer"],
        description="Subscription creation" if session["mode"] == "subscription" else None,
    )
    intent["payment_method_options"] = session["payment_method_options"]
    intent["metadata"] = note["payment_intent_data"].get("metadata") or {}
    note["intent"] = intent["id"]
    world.store.note(intent["id"])["session"] = session["id"]
    return intent


def _save_only(world: World, session: Json, method: Json | None) -> str:
    """Nothing to pay now: keep the card for later, if there is one."""
    if method is None:
        if session["mode"] == "setup" or session["payment_method_collection"] == "always":
            raise InvalidRequest("A payment method is needed.", param="payment_method")
        return finish(world, session, None, None)
    setup = make_setup(world, {"customer": session["customer"], "payment_method": method["id"]})
    if session["mode"] == "setup":
        session["setup_intent"] = setup["id"]
    world.store.note(setup["id"])["session"] = session["id"]
    if confirm_setup(world, setup) == "requires_action":
        world.store.note(session["id"])["setup"] = setup["id"]
        return "requires_action"
    return finish(world, session, method, None)


def waiting_for_authentication(world: World, session: Json) -> str:
    """The id of the intent whose 3-D Secure question is open."""
    note = world.store.note(session["id"])
    return str(note.get("intent") or note.get("setup"))


def finish_after_authentication(world: World, intent: Json) -> Json | None:
    """The session an authenticated intent came from, completed when the money or the card came."""
    session = world.store.find("checkout.session", world.store.note(intent["id"]).get("session"))
    if session is not None and session["status"] == "open" and intent["status"] == "succeeded":
        method = world.store.get("payment_method", intent["payment_method"])
        finish(world, session, method, intent if intent["object"] == "payment_intent" else None)
    return session


def finish(world: World, session: Json, method: Json | None, intent: Json | None) -> str:
    """Everything was given: make what was bought, and tell checkout.session.completed."""
    if method and session["customer"] and method["type"] == "card" and method["customer"] is None:
        attach(world, method, session["customer"])
    paid = intent is not None and intent["status"] == "succeeded"
    session |= {
        "status": "complete",
        "url": None,
        "payment_status": "paid" if paid else "unpaid" if intent else "no_payment_required",
    }
    if session["mode"] == "subscription":
        _subscribe(world, session, method, intent)
    elif intent is not None:
        session["payment_intent"] = intent["id"]
    world.emit("checkout.session.completed", session)
    return "complete"


def _subscribe(world: World, session: Json, method: Json | None, intent: Json | None) -> None:
    note = world.store.note(session["id"])
    data = {key: value for key, value in note["subscription_data"].items() if value is not None}
    items = [{"price": row["price"]["id"], "quantity": row["quantity"]} for row in note["line_items"]]
    params: Json = {**data, "customer": session["customer"], "items": items}
    if method:
        params["default_payment_method"] = method["id"]
    if note["discount"]:
        kind = "promotion_code" if note["discount"]["promotion_code"] else "coupon"
        params["discounts"] = [{kind: note["discount"][kind]}]
    subscription = subscribe(world, params, intent)
    session |= {"subscription": subscription["id"], "invoice": subscription["latest_invoice"]}


# -- not paying ------------------------------------------------------------------------------------


def expire_session(world: World, session: Json) -> Json:
    """Close it by request. Raises InvalidRequest unless it is open."""
    if session["status"] != "open":
        raise InvalidRequest(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of '
            f"{session['status']}."
        )
    session |= {"status": "expired", "url": None}
    intent = world.store.find("payment_intent", world.store.note(session["id"]).get("intent"))
    if intent:
        cancel_intent(world, intent, "abandoned")
    world.emit("checkout.session.expired", session)
    return session


def expire_when_due(world: World, session_id: str) -> None:
    """Job: nobody paid in time."""
    session = world.store.get("checkout.session", session_id)
    if session["status"] == "open":
        expire_session(world, session)


def success_url(session: Json) -> str:
    return str(session["success_url"]).replace(PLACEHOLDER, session["id"])
