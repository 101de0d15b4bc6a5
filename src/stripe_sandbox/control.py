"""The control plane: JSON under /_control for whoever plays the bank, the clock and bad luck."""

from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stripe_sandbox.answers import json_answer, read_json
from stripe_sandbox.engine import checkout, collecting, disputes, methods, refunds
from stripe_sandbox.engine.cards import APPROVE, AUTHENTICATE, DECLINES, card_of
from stripe_sandbox.errors import InvalidRequest, NotPermitted
from stripe_sandbox.faults import read_fault
from stripe_sandbox.shapes import Json, blank, kinds
from stripe_sandbox.world import World


def _world(request: Request) -> World:
    """The world; raises NotPermitted for calls some other site's page makes from a browser."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotPermitted("The control plane does not answer other sites' pages")
    world: World = request.app.state.world
    return world


async def show_state(request: Request) -> Response:
    return json_answer(_world(request).describe())


async def move_clock(request: Request) -> Response:
    """`{"seconds": 900}`, `{"days": 14}` or `{"to": 1796000000}`, forward only."""
    world, body = _world(request), await read_json(request)
    target = body.get("to", world.now() + body.get("seconds", 0) + 86_400 * body.get("days", 0))
    if isinstance(target, bool) or not isinstance(target, int | float) or target < world.now():
        raise InvalidRequest("the clock only moves forward: give seconds, days or a later moment")
    await world.advance(int(target))
    return json_answer({"now": world.now()})


async def settle(request: Request) -> Response:
    """Answers once every delivery that was due has been tried."""
    world = _world(request)
    world.tick()
    await world.sender.settle(10)
    return json_answer({"now": world.now()})


async def reset(request: Request) -> Response:
    world = _world(request)
    await world.reset()
    return json_answer(world.describe())


async def show_switches(request: Request) -> Response:
    return json_answer(msgspec.to_builtins(_world(request).switches))


async def change_switches(request: Request) -> Response:
    world = _world(request)
    try:
        world.switches = world.switches.changed(await read_json(request))
    except msgspec.ValidationError as error:
        raise InvalidRequest(str(error)) from None
    return await show_switches(request)


async def list_faults(request: Request) -> Response:
    return json_answer([msgspec.to_builtins(rule) for rule in _world(request).faults.rules.values()])


async def add_fault(request: Request) -> Response:
    world = _world(request)
    try:
        fault = read_fault(await read_json(request))
    except msgspec.ValidationError as error:
        raise InvalidRequest(str(error)) from None
    fault.id = world.new_id("fault")
    return json_answer(msgspec.to_builtins(world.faults.add(fault)), 201)


async def clear_faults(request: Request) -> Response:
    _world(request).faults.rules.clear()
    return await list_faults(request)


async def list_requests(request: Request) -> Response:
    """The API's request log; `method` and `path` (a prefix) narrow it."""
    wanted, prefix = request.query_params.get("method"), request.query_params.get("path", "")
    rows = _world(request).requests
    return json_answer(
        [row for row in rows if wanted in (None, row["method"]) and row["path"].startswith(prefix)]
    )


async def list_deliveries(request: Request) -> Response:
    """The delivery log; `type` and `state` narrow it."""
    query = request.query_params
    rows = [one.to_json() for one in _world(request).sender.log()]
    return json_answer(
        [
            row
            for row in rows
            if query.get("type") in (None, row["type"]) and query.get("state") in (None, row["state"])
        ]
    )


async def resend(request: Request) -> Response:
    return json_answer(_world(request).sender.resend(request.path_params["id"]).to_json())


async def roll_secret(request: Request) -> Response:
    """A new signing secret; the old one signs too for a day."""
    world = _world(request)
    note = world.store.note(world.store.get("webhook_endpoint", request.path_params["id"])["id"])
    note |= {"old_secret": note["secret"], "rolled_at": world.now()}
    note["secret"] = f"whsec_{world.ids.token(32)}"
    return json_answer({"secret": note["secret"], "old_secret": note["old_secret"]})


async def script_outcomes(request: Request) -> Response:
    """`{"of": customer or payment method, "outcomes": ["insufficient_funds", "approve"]}`; `of` "*" is anybody."""
    world, body = _world(request), await read_json(request)
    outcomes = body.get("outcomes")
    known = {APPROVE, AUTHENTICATE, *DECLINES}
    if not isinstance(outcomes, list) or any(one not in known for one in outcomes):
        raise InvalidRequest(f"outcomes must be a list of: {', '.join(sorted(known))}", param="outcomes")
    world.outcomes[str(body.get("of", "*"))] = list(outcomes)
    return json_answer(world.outcomes)


async def pay_checkout(request: Request) -> Response:
    """What a person does on the page: `{"card": "4242424242424242"}` or `{"boleto": cpf}`, `{"email", "name"}`."""
    world, body = _world(request), await read_json(request)
    session = world.store.get("checkout.session", request.path_params["id"])
    details: Json = {key: body[key] for key in ("email", "name") if key in body}
    method = _method(world, body, details)
    outcome = checkout.pay(world, session, method, details)
    if outcome == "requires_action" and body.get("authenticate") is not None:
        waiting = world.store.anything(checkout.waiting_for_authentication(world, session)) or {}
        _authenticated(world, waiting, passed=bool(body["authenticate"]))
        outcome = str(session["status"])
    return json_answer({"outcome": outcome, "session": session})


async def type_promotion(request: Request) -> Response:
    """What a person types on the page: `{"promotion_code": id}`."""
    world, body = _world(request), await read_json(request)
    session = world.store.get("checkout.session", request.path_params["id"])
    checkout.apply_discount(world, session, {"promotion_code": str(body.get("promotion_code"))})
    return json_answer(session)


def _method(world: World, body: Json, details: Json) -> Json | None:
    if body.get("boleto"):
        return methods.make_boleto(world, str(body["boleto"]), details)
    if body.get("card"):
        return methods.make_card(world, card_of(str(body["card"])), {}, details)
    return None


def _authenticated(world: World, intent: Json, *, passed: bool) -> None:
    collecting.authenticate(world, intent, passed=passed)
    checkout.finish_after_authentication(world, intent)


async def act(request: Request) -> Response:
    """One thing done to one object: /_control/{what}/{id}/{action}."""
    world, body = _world(request), await read_json(request)
    action = (request.path_params["what"], request.path_params["action"])
    if action not in ACTIONS:
        raise InvalidRequest(f"there are: {', '.join('/'.join(one) for one in sorted(ACTIONS))}")
    kind, deed = ACTIONS[action]
    document = world.store.get(kind, request.path_params["id"])
    deed(world, document, body)
    return json_answer(document)


def _dispute(world: World, charge: Json, body: Json) -> None:
    disputes.open_dispute(
        world,
        charge,
        reason=body.get("reason", "fraudulent"),
        inquiry=bool(body.get("inquiry")),
        amount=body.get("amount"),
    )


def _renew_card(world: World, method: Json, _: Json) -> None:
    """The card's network told of a newer expiry."""
    card = {**method["card"], "exp_year": method["card"]["exp_year"] + 4}
    changed = world.change(method, card=card)
    world.emit("payment_method.automatically_updated", method, changed)


async def tell_event(request: Request) -> Response:
    """Any event on request: `{"type", "id"}` of an object here, or `{"type", "kind", "fields"}` of an imagined one."""
    world, body = _world(request), await read_json(request)
    known = world.store.anything(str(body.get("id"))) if body.get("id") else None
    if known is None and body.get("kind") not in kinds():
        raise InvalidRequest("name an object by its id, or the kind of one to imagine", param="kind")
    document = known or {**blank(str(body["kind"])), **(body.get("fields") or {})}
    return json_answer(world.emit(str(body["type"]), document, body.get("previous")), 201)


ACTIONS = {
    ("charges", "dispute"): ("charge", _dispute),
    ("charges", "warn"): (
        "charge",
        lambda w, c, b: disputes.warn(w, c, b.get("fraud_type", "unauthorized_use_of_card")),
    ),
    ("charges", "review"): ("charge", lambda w, c, _: disputes.review(w, c)),
    ("payment_methods", "renew_card"): ("payment_method", _renew_card),
    ("disputes", "win"): ("dispute", lambda w, d, _: disputes.close_dispute(w, d, won=True)),
    ("disputes", "lose"): ("dispute", lambda w, d, _: disputes.close_dispute(w, d, won=False)),
    ("refunds", "fail"): ("refund", lambda w, r, _: refunds.fail_refund(w, r)),
    ("payment_intents", "pay_boleto"): ("payment_intent", lambda w, i, _: collecting.pay_voucher(w, i)),
    ("payment_intents", "expire_boleto"): (
        "payment_intent",
        lambda w, i, _: collecting.expire_voucher(w, i["id"]),
    ),
    ("payment_intents", "authenticate"): (
        "payment_intent",
        lambda w, i, _: _authenticated(w, i, passed=True),
    ),
    ("payment_intents", "refuse"): ("payment_intent", lambda w, i, _: _authenticated(w, i, passed=False)),
}

routes = [
    Route("/_control", show_state),
    Route("/_control/clock", move_clock, methods=["POST"]),
    Route("/_control/settle", settle, methods=["POST"]),
    Route("/_control/reset", reset, methods=["POST"]),
    Route("/_control/switches", show_switches),
    Route("/_control/switches", change_switches, methods=["PATCH", "POST"]),
    Route("/_control/faults", list_faults),
    Route("/_control/faults", add_fault, methods=["POST"]),
    Route("/_control/faults", clear_faults, methods=["DELETE"]),
    Route("/_control/requests", list_requests),
    Route("/_control/deliveries", list_deliveries),
    Route("/_control/deliveries/{id}/resend", resend, methods=["POST"]),
    Route("/_control/webhook_endpoints/{id}/roll", roll_secret, methods=["POST"]),
    Route("/_control/events", tell_event, methods=["POST"]),
    Route("/_control/outcomes", script_outcomes, methods=["POST"]),
    Route("/_control/checkout/{id}/pay", pay_checkout, methods=["POST"]),
    Route("/_control/checkout/{id}/promotion", type_promotion, methods=["POST"]),
    Route("/_control/{what}/{id}/{action}", act, methods=["POST"]),
]
