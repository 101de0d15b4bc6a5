"""The control plane: JSON under /_control for whoever plays the bank, the clock and bad luck."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pluggy_sandbox import reads
from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.clock import stamp
from pluggy_sandbox.collection import DETAIL_KEYS, RowNews
from pluggy_sandbox.endpoints.calls import world_of
from pluggy_sandbox.errors import Malformed, NotFound
from pluggy_sandbox.faults import read_fault
from pluggy_sandbox.items import Item, Plan
from pluggy_sandbox.outcomes import MESSAGES, Remark
from pluggy_sandbox.quotas import BY_NAME
from pluggy_sandbox.shapes import Json, as_objects
from pluggy_sandbox.validation import Reader
from pluggy_sandbox.world import World


async def show_state(request: Request) -> Response:
    return json_answer(world_of(request).describe())


async def show_clock(request: Request) -> Response:
    return json_answer(
        {"now": stamp(world_of(request).now()), "frozen": world_of(request).state.clock.frozen}
    )


async def move_clock(request: Request) -> Response:
    """`{"seconds": 900}` or `{"to": "2026-12-01T00:00:00Z"}`, forward only."""
    world, body = world_of(request), await read_body(request)
    wanted = body.get("seconds", 0)
    if body.get("to"):
        reader = Reader(body)
        text = reader.moment("to")
        reader.finish()
        target = datetime.fromisoformat(str(text))
        target = target if target.tzinfo else target.replace(tzinfo=UTC)
        wanted = (target - world.now()).total_seconds()
    if isinstance(wanted, bool) or not isinstance(wanted, int | float) or wanted < 0:
        raise Malformed("the clock only moves forward: give seconds >= 0 or a later moment")
    await world.advance(wanted)
    return await show_clock(request)


async def reset(request: Request) -> Response:
    body = await read_body(request)
    seed = body.get("seed")
    if seed is not None and not isinstance(seed, int):
        raise Malformed("seed must be an integer number")
    await world_of(request).reset(seed)
    return await show_state(request)


async def show_switches(request: Request) -> Response:
    return json_answer(msgspec.to_builtins(world_of(request).state.switches))


async def change_switches(request: Request) -> Response:
    state = world_of(request).state
    try:
        state.switches = state.switches.changed(await read_body(request))
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from None
    return await show_switches(request)


async def list_faults(request: Request) -> Response:
    return json_answer([msgspec.to_builtins(rule) for rule in world_of(request).faults.rules.values()])


async def add_fault(request: Request) -> Response:
    world = world_of(request)
    try:
        fault = read_fault(await read_body(request))
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from None
    fault.id = fault.id or world.state.ids.uuid()
    world.faults.add(fault)
    return json_answer(msgspec.to_builtins(fault), 201)


async def remove_faults(request: Request) -> Response:
    rules = world_of(request).faults.rules
    wanted = request.path_params.get("id")
    if wanted is None:
        rules.clear()
    elif rules.pop(str(wanted), None) is None:
        raise NotFound("fault")
    return Response(status_code=204)


async def list_items(request: Request) -> Response:
    return json_answer([_described(item) for item in world_of(request).state.items.values()])


def _described(item: Item) -> Json:
    """The item as the API shows it, with its accounts and hidden state."""
    portfolio = item.portfolio
    accounts = [
        {
            "id": row["id"],
            "name": row["name"],
            "type": row["type"],
            "balance": row["balance"],
            "transactions": len(portfolio.ledgers.get(str(row["id"]), ())) if portfolio else 0,
        }
        for row in reads.accounts_of(item)
    ]
    hidden = {"consentId": item.consent_id, "hidesData": item.hides_data, "pendingMutations": item.mutations}
    return {**item.to_json(), **hidden, "accounts": accounts}


ItemAction = Callable[[World, str], object]
ITEM_ACTIONS: dict[str, ItemAction] = {
    "approve": lambda world, item_id: world.approve_user_action(item_id),
    "reject": lambda world, item_id: world.reject_user_action(item_id),
    "expire-mfa": lambda world, item_id: world.expire_wait(item_id),
    "revoke-consent": lambda world, item_id: world.revoke_consent(item_id, hide_data=True),
    "revoke-consent-quietly": lambda world, item_id: world.revoke_consent(item_id, hide_data=False),
    "expire-consent": lambda world, item_id: world.expire_consent(item_id),
    "auto-sync": lambda world, item_id: world.auto_sync(item_id),
}


async def act_on_item(request: Request) -> Response:
    world, item_id = world_of(request), str(request.path_params["id"])
    action = ITEM_ACTIONS.get(str(request.path_params["action"]))
    if action is None:
        raise NotFound("action")
    done = action(world, item_id)
    if done is False:
        raise Malformed("the item is not waiting for that")
    return json_answer(_described(world.get_item(item_id)))


async def plan_item(request: Request) -> Response:
    """`{"error", "providerMessage", "warnings": [{product, code, message, updated, providerMessage}]}`.

    In force for every coming execution of the item; `{}` lifts it.
    """
    world, body = world_of(request), await read_body(request)
    item = world.get_item(str(request.path_params["id"]))
    reader = Reader(body)
    error = reader.one_of("error", MESSAGES)
    words = reader.optional_text("providerMessage")
    remarks = tuple(_remark(row) for row in as_objects(body.get("warnings")))
    reader.finish()
    item.planned = Plan(error, words, remarks) if error or remarks else None
    return json_answer(_described(item))


def _remark(row: Json) -> Remark:
    reader = Reader(row)
    product = reader.one_of("product", DETAIL_KEYS)
    code, message = reader.text("code"), reader.text("message")
    updated, words = reader.flag("updated"), reader.optional_text("providerMessage")
    reader.finish()
    if product is None:
        raise Malformed("product should not be empty")
    return Remark(product, code, message, updated=bool(updated), provider_message=words)


async def mutate_item(request: Request) -> Response:
    """`{"kind", "accountId", "params", "when": "now" | "next" | "sync"}`."""
    world, body = world_of(request), await read_body(request)
    reader = Reader(body)
    kind, account_id = reader.text("kind"), reader.uuid("accountId")
    when = reader.one_of("when", ("now", "next", "sync")) or "now"
    reader.finish()
    mutation = {"kind": kind, "accountId": account_id, "params": body.get("params")}
    try:
        news = world.mutate(str(request.path_params["id"]), mutation, when=when)
    except ValueError as error:
        raise Malformed(str(error)) from None
    return json_answer({name: _told(rows) for name, rows in news.items()})


def _told(rows: RowNews) -> Json:
    created = rows.created
    return {
        "created": created.count if created else 0,
        "createdFrom": created.created_from if created else None,
        "updated": rows.updated,
        "deleted": rows.deleted,
    }


async def change_connector(request: Request) -> Response:
    """`{"status": "ONLINE" | "UNSTABLE" | "OFFLINE"}`."""
    reader = Reader(await read_body(request))
    status = reader.one_of("status", ("ONLINE", "UNSTABLE", "OFFLINE"))
    reader.finish()
    if status is None:
        raise Malformed("status should not be empty")
    return json_answer(world_of(request).set_connector_health(int(request.path_params["id"]), status))


async def list_quotas(request: Request) -> Response:
    return json_answer(world_of(request).state.quotas.report())


async def set_quota(request: Request) -> Response:
    """`{"document", "connectorId", "quota", "used"}` for the month the clock is in."""
    state = world_of(request).state
    reader = Reader(await read_body(request))
    document, connector_id = reader.text("document"), reader.number("connectorId")
    quota, used = reader.one_of("quota", BY_NAME), reader.number("used")
    reader.finish()
    if quota is None:
        raise Malformed("quota should not be empty")
    digits = "".join(character for character in document if character.isdigit()) or document
    state.quotas.set_used((digits, connector_id), quota, used, state.now())
    return await list_quotas(request)


async def list_deliveries(request: Request) -> Response:
    """The log, oldest first; `?event=` and `?state=` narrow it."""
    wanted = {name: request.query_params.get(name) for name in ("event", "state")}
    rows = [
        delivery.to_json()
        for delivery in world_of(request).sender.log()
        if wanted["event"] in (None, delivery.event) and wanted["state"] in (None, delivery.state)
    ]
    return json_answer(rows)


async def resend_delivery(request: Request) -> Response:
    return json_answer(world_of(request).sender.resend(str(request.path_params["id"])).to_json(), 201)


async def publish_event(request: Request) -> Response:
    """Send any payload with an `event` to its listeners; `eventId` and `clientId` are filled in."""
    world, body = world_of(request), await read_body(request)
    if not isinstance(body.get("event"), str):
        raise Malformed("event must be a string")
    payload: Json = {"eventId": world.state.ids.uuid(), "clientId": world.state.client_id, **body}
    return json_answer([delivery.to_json() for delivery in world.sender.publish(payload)], 201)


async def list_subscriptions(request: Request) -> Response:
    return json_answer([row.to_json() for row in world_of(request).webhooks.all()])


async def expire_tokens(request: Request) -> Response:
    """Every API key and connect token issued so far is stale."""
    world = world_of(request)
    world.tokens.refuse_all(world.now())
    return Response(status_code=204)


def _route(method: str, path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(f"/_control/{path}", endpoint, methods=[method])


routes = [
    _route("GET", "state", show_state),
    _route("GET", "clock", show_clock),
    _route("POST", "clock", move_clock),
    _route("POST", "reset", reset),
    _route("GET", "switches", show_switches),
    _route("PATCH", "switches", change_switches),
    _route("GET", "faults", list_faults),
    _route("POST", "faults", add_fault),
    _route("DELETE", "faults", remove_faults),
    _route("DELETE", "faults/{id}", remove_faults),
    _route("GET", "items", list_items),
    _route("POST", "items/{id}/mutations", mutate_item),
    _route("PUT", "items/{id}/plan", plan_item),
    _route("POST", "items/{id}/{action}", act_on_item),
    _route("POST", "connectors/{id:int}", change_connector),
    _route("GET", "quotas", list_quotas),
    _route("PUT", "quotas", set_quota),
    _route("GET", "deliveries", list_deliveries),
    _route("POST", "deliveries/{id}/resend", resend_delivery),
    _route("POST", "events", publish_event),
    _route("GET", "webhooks", list_subscriptions),
    _route("POST", "tokens/expire", expire_tokens),
]
