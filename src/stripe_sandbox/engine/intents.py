"""Payment intents: one wish to be paid, tried until the bank says yes, and the charges it leaves behind."""

from stripe_sandbox.engine.cards import APPROVE, AUTHENTICATE, DECLINES, VOUCHER, Decline
from stripe_sandbox.engine.methods import test_card
from stripe_sandbox.engine.periods import DAY
from stripe_sandbox.errors import CardDeclined
from stripe_sandbox.shapes import Json, part, rendered
from stripe_sandbox.world import World

BOLETO_DAYS = 3
BOOKING_SECONDS, AFTERMATH_SECONDS = 2, 5
SAO_PAULO_OFFSET = 3 * 3600


def make_intent(world: World, amount: int, currency: str, customer: str | None, **fields: object) -> Json:
    """A new intent waiting for a payment method; tells payment_intent.created."""
    intent = world.make(
        "payment_intent",
        "pi",
        amount=amount,
        currency=currency,
        customer=customer,
        status="requires_payment_method",
        payment_method_types=["card", "boleto"] if world.switches.brazilian_account else ["card"],
        payment_method_options={},
        capture_method="automatic_async",
        **fields,
    )
    intent["client_secret"] = f"{intent['id']}_secret_{world.ids.token(25)}"
    world.emit("payment_intent.created", intent)
    return intent


def attempt(world: World, intent: Json, method: Json, *, present: bool) -> str:
    """Try to be paid with a method; `present`: the person is there to authenticate. Returns what happened.

    "approve", "voucher", "authentication_required" (the intent waits for an action), or the name of a decline.
    """
    intent["payment_method"] = method["id"]
    outcome = _outcome(world, intent, method, present=present)
    if outcome == APPROVE:
        succeed(world, intent, method)
    elif outcome == VOUCHER:
        _issue_voucher(world, intent)
    elif outcome == AUTHENTICATE:
        _ask_for_authentication(world, intent)
    else:
        fail(world, intent, method, DECLINES[outcome])
    return outcome


def _outcome(world: World, intent: Json, method: Json, *, present: bool) -> str:
    scripted = _scripted(world, intent, method)
    if scripted:
        return scripted
    card = test_card(world, method)
    if card is None:
        return VOUCHER
    saved_with_it = world.store.note(method["id"]).get("authenticated", False)
    asked = card.three_d_secure == "always" or (card.three_d_secure == "once" and not saved_with_it)
    if asked and not world.store.note(intent["id"]).get("authenticated"):
        return AUTHENTICATE
    if method["customer"] is None and not present and card.save in DECLINES:
        return card.save
    return card.charge


def _scripted(world: World, intent: Json, method: Json) -> str | None:
    """What the control plane wrote down for the next attempts of this method, customer, or anybody."""
    for key in (method["id"], str(intent["customer"]), "*"):
        if world.outcomes.get(key):
            return world.outcomes[key].pop(0)
    return None


def succeed(world: World, intent: Json, method: Json) -> Json:
    """The money moved: a charge, and soon its fees and whatever the card brings."""
    charge = _charge(world, intent, method, "succeeded")
    charge |= {"paid": True, "captured": True, "amount_captured": intent["amount"]}
    charge["receipt_url"] = f"{world.settings.base_url}/receipts/{charge['id']}"
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "latest_charge": charge["id"],
        "next_action": None,
        "last_payment_error": None,
    }
    world.emit("charge.succeeded", charge)
    world.emit("payment_intent.succeeded", intent)
    now = world.now(intent["customer"])
    world.later(now + BOOKING_SECONDS, "book_charge", charge["id"], intent["customer"])
    card = test_card(world, method)
    if card and card.after and not card.after.startswith("refund"):
        world.later(now + AFTERMATH_SECONDS, "aftermath", charge["id"], intent["customer"])
    return charge


def fail(world: World, intent: Json, method: Json, decline: Decline) -> Json:
    """The bank said no: a failed charge, and an intent that waits for another method."""
    charge = _charge(world, intent, method, "failed")
    charge |= {"failure_code": decline.code, "failure_message": decline.message}
    charge["outcome"] |= {
        "advice_code": decline.advice,
        "network_status": "declined_by_network",
        "reason": decline.decline_code or decline.code,
        "seller_message": "The bank did not return any further details with this decline.",
        "type": "issuer_declined",
    }
    intent |= {
        "status": "requires_payment_method",
        "latest_charge": charge["id"],
        "next_action": None,
        "payment_method": None,
        "last_payment_error": payment_error(decline, method, charge["id"]),
    }
    world.emit("charge.failed", charge)
    world.emit("payment_intent.payment_failed", intent)
    return charge


def payment_error(decline: Decline, method: Json | None, charge: str | None = None) -> Json:
    error: Json = {"type": "card_error", "code": decline.code, "message": decline.message}
    for key, value in (
        ("decline_code", decline.decline_code),
        ("advice_code", decline.advice),
        ("charge", charge),
    ):
        if value:
            error[key] = value
    return error | ({"payment_method": rendered(method)} if method else {})


def _charge(world: World, intent: Json, method: Json, status: str) -> Json:
    charge = world.make(
        "charge",
        "ch",
        amount=intent["amount"],
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        payment_intent=intent["id"],
        payment_method=method["id"],
        billing_details=rendered(method["billing_details"]),
        payment_method_details=_details(world, intent, method),
        status=status,
        fraud_details={},
        metadata=dict(intent["metadata"]),
        outcome={
            "advice_code": None,
            "network_advice_code": None,
            "network_decline_code": None,
            "network_status": "approved_by_network",
            "reason": None,
            "risk_level": "normal",
            "risk_score": 12,
            "seller_message": "Payment complete.",
            "type": "authorized",
        },
    )
    return charge


def _details(world: World, intent: Json, method: Json) -> Json:
    if method["type"] == "boleto":
        return {"type": "boleto", "boleto": {"tax_id": method["boleto"]["tax_id"]}}
    card = {key: value for key, value in method["card"].items() if key in _CHARGED_CARD_FIELDS}
    authenticated = world.store.note(intent["id"]).get("authenticated")
    secure = blank_three_d_secure() if authenticated else None
    return {
        "type": "card",
        "card": {**card, **_CARD_DETAILS, "network": method["card"]["brand"], "three_d_secure": secure},
    }


def blank_three_d_secure() -> Json:
    return {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": None,
        "version": "2.2.0",
    }


_CHARGED_CARD_FIELDS = (
    "brand",
    "checks",
    "country",
    "exp_month",
    "exp_year",
    "fingerprint",
    "funding",
    "last4",
    "wallet",
)
_CARD_DETAILS: Json = {
    "amount_authorized": None,
    "authorization_code": None,
    "installments": None,
    "mandate": None,
    "network_token": {"used": False},
    "network_transaction_id": None,
    "regulated_status": "unregulated",
    "transaction_link_id": None,
}


def _ask_for_authentication(world: World, intent: Json) -> None:
    address = f"{world.settings.base_url}/3ds/{intent['id']}"
    action = {"type": "redirect_to_url", "redirect_to_url": {"return_url": None, "url": address}}
    intent |= {"status": "requires_action", "next_action": action}
    world.emit("payment_intent.requires_action", intent)


def _issue_voucher(world: World, intent: Json) -> None:
    """A boleto to be paid by the end of its last day in Sao Paulo."""
    options = part(part(intent["payment_method_options"]).get("boleto"))
    days = int(options.get("expires_after_days") or BOLETO_DAYS)
    now = world.now(intent["customer"])
    midnight = (now - SAO_PAULO_OFFSET) // DAY * DAY + SAO_PAULO_OFFSET
    expires = midnight + (days + 1) * DAY - 1
    address = f"{world.settings.base_url}/boleto/{intent['id']}"
    details = {
        "expires_at": expires,
        "hosted_voucher_url": address,
        "number": world.ids.digits(47),
        "pdf": f"{address}/pdf",
    }
    action = {"type": "boleto_display_details", "boleto_display_details": details}
    intent |= {"status": "requires_action", "next_action": action}
    world.emit("payment_intent.requires_action", intent)
    world.later(expires + 1, "expire_voucher", intent["id"], intent["customer"])


def voucher_expiry(intent: Json) -> int | None:
    details = part(part(intent["next_action"]).get("boleto_display_details"))
    expires: int | None = details.get("expires_at")
    return expires


def cancel_intent(world: World, intent: Json, reason: str | None) -> None:
    """Give a wish up; nothing happens to one that was fulfilled."""
    if intent["status"] in ("succeeded", "canceled"):
        return
    now = world.now(intent["customer"])
    intent |= {"status": "canceled", "canceled_at": now, "cancellation_reason": reason, "next_action": None}
    world.emit("payment_intent.canceled", intent)


def declined_error(intent: Json) -> CardDeclined:
    """The 402 that tells the caller what the bank said."""
    error = part(intent["last_payment_error"])
    return CardDeclined(
        str(error.get("message")),
        code=error.get("code"),
        decline_code=error.get("decline_code"),
        advice_code=error.get("advice_code"),
        charge=error.get("charge"),
        payment_method=error.get("payment_method"),
        payment_intent=rendered(intent),
    )
