"""Setup intents: a payment method saved for later, with the bank's consent where it asks for it."""

from stripe_sandbox.engine.cards import DECLINES, Decline
from stripe_sandbox.engine.collecting import NOT_AUTHENTICATED
from stripe_sandbox.engine.intents import payment_error
from stripe_sandbox.engine.methods import attach, find_method, test_card
from stripe_sandbox.errors import CardDeclined, InvalidRequest
from stripe_sandbox.shapes import Json, rendered
from stripe_sandbox.world import World


def make_setup(world: World, params: Json) -> Json:
    """A new setup intent; tells setup_intent.created."""
    customer = params.get("customer")
    if customer:
        world.find_customer(customer)
    setup = world.make(
        "setup_intent",
        "seti",
        customer=customer,
        description=params.get("description"),
        metadata=params.get("metadata") or {},
        usage=params.get("usage", "off_session"),
        payment_method_types=["card", "boleto"] if world.switches.brazilian_account else ["card"],
        payment_method_options={},
        status="requires_payment_method",
    )
    setup["client_secret"] = f"{setup['id']}_secret_{world.ids.token(25)}"
    if params.get("payment_method"):
        method = find_method(world, params["payment_method"])
        setup |= {"payment_method": method["id"], "status": "requires_confirmation"}
    world.emit("setup_intent.created", setup)
    return setup


def confirm_setup(world: World, setup: Json, method_id: str | None = None) -> str:
    """Save the method: "succeeded" or "requires_action". Raises CardDeclined."""
    if setup["status"] in ("succeeded", "canceled"):
        raise InvalidRequest("This SetupIntent cannot be confirmed.", code="setup_intent_unexpected_state")
    chosen = method_id or setup["payment_method"]
    if not chosen:
        raise InvalidRequest(
            "You cannot confirm this SetupIntent: it is missing a payment method.", param="payment_method"
        )
    method = find_method(world, chosen)
    setup["payment_method"] = method["id"]
    card = test_card(world, method)
    if card and card.save in DECLINES:
        raise _failed(world, setup, method, DECLINES[card.save])
    if card and card.three_d_secure != "never" and not world.store.note(method["id"]).get("authenticated"):
        address = f"{world.settings.base_url}/3ds/{setup['id']}"
        action = {"type": "redirect_to_url", "redirect_to_url": {"return_url": None, "url": address}}
        setup |= {"status": "requires_action", "next_action": action}
        world.emit("setup_intent.requires_action", setup)
        return "requires_action"
    _succeed(world, setup, method)
    return "succeeded"


def _succeed(world: World, setup: Json, method: Json) -> None:
    if setup["customer"]:
        attach(world, method, setup["customer"])
    setup |= {"status": "succeeded", "next_action": None, "last_setup_error": None}
    world.emit("setup_intent.succeeded", setup)


def _failed(world: World, setup: Json, method: Json, decline: Decline) -> CardDeclined:
    setup |= {"status": "requires_payment_method", "next_action": None, "payment_method": None}
    setup["last_setup_error"] = payment_error(decline, method)
    world.emit("setup_intent.setup_failed", setup)
    return CardDeclined(
        decline.message, code=decline.code, decline_code=decline.decline_code, setup_intent=rendered(setup)
    )


def authenticate_setup(world: World, setup: Json, *, passed: bool) -> str:
    """The person answered the bank's question: "succeeded", or the code of the refusal."""
    if setup["status"] != "requires_action":
        raise InvalidRequest(
            "This SetupIntent does not wait for authentication.", code="setup_intent_unexpected_state"
        )
    method = world.store.get("payment_method", setup["payment_method"])
    if not passed:
        _failed(world, setup, method, NOT_AUTHENTICATED)
        return "setup_intent_authentication_failure"
    world.store.note(method["id"])["authenticated"] = True
    _succeed(world, setup, method)
    return "succeeded"
