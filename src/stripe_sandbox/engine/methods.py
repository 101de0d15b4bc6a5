"""Payment methods: test cards and boleto, saved for a customer, changed, let go."""

from stripe_sandbox.engine.cards import BY_TOKEN, DECLINES, Card, card_of
from stripe_sandbox.errors import CardDeclined, InvalidRequest
from stripe_sandbox.shapes import Json, blank, part
from stripe_sandbox.world import World

GENERAL = ("allow_redisplay", "billing_details", "created", "customer", "customer_account", "id", "livemode",
           "metadata", "object", "type")  # fmt: skip
DEFAULT_CARD = "4242424242424242"


def make_method(world: World, params: Json) -> Json:
    """A payment method from API parameters (`type`, `card[number]` or `card[token]`, `boleto[tax_id]`)."""
    if params["type"] not in ("card", "boleto"):
        raise InvalidRequest(f"The payment method type {params['type']} is not enabled.", param="type")
    details = part(params.get("billing_details"))
    if params["type"] == "boleto":
        return make_boleto(world, str(part(params.get("boleto")).get("tax_id", "")), details)
    given = part(params.get("card"))
    if "token" in given:
        return make_card(world, token_card(str(given["token"]), "card[token]"), given, details)
    return make_card(world, card_of(str(given.get("number", DEFAULT_CARD))), given, details)


def token_card(token: str, param: str) -> Card:
    """The card behind `pm_card_visa` or `tok_visa`; raises InvalidRequest."""
    name = token.replace("tok_", "pm_card_", 1)
    if name not in BY_TOKEN:
        raise InvalidRequest(f"No such token: '{token}'", code="resource_missing", param=param)
    return BY_TOKEN[name]


def make_card(world: World, card: Card, given: Json, details: Json) -> Json:
    year = int(given.get("exp_year") or 2034)
    if year < 2000:
        year += 2000
    method = _make(world, "card", details)
    method["card"] = {
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": card.country,
        "display_brand": card.brand,
        "exp_month": int(given.get("exp_month") or 12),
        "exp_year": year,
        "fingerprint": f"fp{card.number[-12:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.number[-4:],
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }
    world.store.note(method["id"])["number"] = card.number
    return method


def make_boleto(world: World, tax_id: str, details: Json) -> Json:
    digits = "".join(letter for letter in tax_id if letter.isalnum())
    if len(digits) not in (11, 14):
        raise InvalidRequest(
            "A boleto needs the CPF or CNPJ of its payer.", code="tax_id_invalid", param="boleto[tax_id]"
        )
    method = _make(world, "boleto", details)
    method["boleto"] = {"tax_id": tax_id}
    return method


def _make(world: World, kind: str, details: Json) -> Json:
    method = {key: value for key, value in blank("payment_method").items() if key in GENERAL}
    method |= {"id": world.new_id("pm"), "type": kind, "created": world.now(), "metadata": {}}
    method["allow_redisplay"] = "unspecified"
    method["billing_details"] |= {
        key: details[key] for key in ("address", "email", "name", "phone") if key in details
    }
    return world.store.add(method)


def find_method(world: World, method_id: str, param: str = "payment_method") -> Json:
    """A saved method, or a new one for a test token such as `pm_card_visa`."""
    if method_id in BY_TOKEN:
        return make_card(world, BY_TOKEN[method_id], {}, {})
    return world.store.get("payment_method", method_id, param)


def test_card(world: World, method: Json) -> Card | None:
    """The test card behind a method; None for a boleto."""
    number = world.store.note(method["id"]).get("number")
    return card_of(number) if number else None


def attach(world: World, method: Json, customer: str) -> Json:
    """Save a method for a customer; raises CardDeclined when the bank does not let it be saved."""
    if method["customer"] == customer:
        return method
    if method["customer"]:
        raise InvalidRequest("The payment method you provided has already been attached to a customer.")
    card = test_card(world, method)
    if card and card.save in DECLINES:
        decline = DECLINES[card.save]
        raise CardDeclined(decline.message, code=decline.code, decline_code=decline.decline_code)
    world.change(method, customer=customer)
    world.emit("payment_method.attached", method)
    return method


def detach(world: World, method: Json) -> Json:
    """Let a method go; whatever used it by default uses it no longer."""
    if not method["customer"]:
        raise InvalidRequest("The payment method you provided is not attached to a customer.")
    customer = world.store.get("customer", method["customer"])
    world.change(method, "payment_method.detached", customer=None)
    settings = part(customer["invoice_settings"])
    if settings.get("default_payment_method") == method["id"]:
        world.change(
            customer, "customer.updated", invoice_settings={**settings, "default_payment_method": None}
        )
    for subscription in world.store.rows("subscription", default_payment_method=method["id"]):
        world.change(subscription, "customer.subscription.updated", default_payment_method=None)
    return method


def default_method(world: World, customer: str, subscription: Json | None) -> Json | None:
    """What a renewal is charged to: the subscription's method, else the customer's."""
    chosen = subscription["default_payment_method"] if subscription else None
    if not chosen:
        settings = part(world.store.get("customer", customer)["invoice_settings"])
        chosen = settings.get("default_payment_method")
    return world.store.find("payment_method", chosen)


def make_default(world: World, customer: Json, method: Json) -> None:
    settings = part(customer["invoice_settings"])
    world.change(
        customer, "customer.updated", invoice_settings={**settings, "default_payment_method": method["id"]}
    )
