"""The API: every request is let in (or not), checked, done once per idempotency key, expanded and written down."""

import asyncio
import base64
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from stripe_sandbox import errors
from stripe_sandbox.answers import json_answer
from stripe_sandbox.checking import checked
from stripe_sandbox.endpoints import table
from stripe_sandbox.endpoints.account import check_advance
from stripe_sandbox.endpoints.calls import Call
from stripe_sandbox.errors import StripeError
from stripe_sandbox.expanding import expanded
from stripe_sandbox.faults import Fault
from stripe_sandbox.forms import read_form, read_multipart
from stripe_sandbox.replay import fingerprint, save_answer, saved_answer
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import API_VERSION, Origin, World

KEPT_REQUESTS = 20_000
_PROMISED = b"1000000"  # bytes more than a dropped connection will ever deliver


@dataclass
class Answer:
    """Status and body of what was done; `replayed` when it was done before."""

    status: int
    body: Json
    replayed: bool = False


class DroppedConnection(Response):
    """Begins an answer and leaves: the server closes the connection in the middle of the body."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        head = [(b"content-type", b"application/json"), (b"content-length", _PROMISED)]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b'{"id": "', "more_body": True})


async def answer(request: Request) -> Response:
    """Everything under /v1."""
    world: World = request.app.state.world
    request_id = world.ids.make("req", 14)
    fault = world.faults.strike(request.method, request.url.path)
    if fault and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault and fault.kind == "drop":
        return DroppedConnection()
    try:
        _admit(world, request)
        _suffer(fault)
        params = await _params(request)
        given = await _perform(world, request, params, request_id)
    except StripeError as error:
        params, given = {}, Answer(error.status, error.body())
    _write_down(world, request, params, given, request_id)
    if fault and fault.kind == "lost_answer":
        await asyncio.sleep(fault.seconds)  # the client's patience may end first
        return DroppedConnection()
    return json_answer(given.body, given.status, _headers(request, given, request_id, fault))


def _headers(request: Request, given: Answer, request_id: str, fault: Fault | None) -> dict[str, str]:
    headers = {"Request-Id": request_id, "Stripe-Version": request.headers.get("stripe-version", API_VERSION)}
    if request.headers.get("idempotency-key"):
        headers["Idempotency-Key"] = request.headers["idempotency-key"]
    if given.replayed:
        headers |= {"Idempotent-Replayed": "true", "Original-Request": request_id}
    if fault and fault.should_retry is not None:
        headers["Stripe-Should-Retry"] = "true" if fault.should_retry else "false"
    return headers


def _admit(world: World, request: Request) -> None:
    """Raises Unauthorized for a missing or wrong key, InvalidRequest for a version this box does not speak."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        value = base64.b64decode(value + "==").decode("utf-8", "replace").partition(":")[0]
    if not value:
        raise errors.Unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
        )
    if value.strip() != world.settings.secret_key:
        raise errors.Unauthorized(f"Invalid API Key provided: {value[:8]}{'*' * 8}{value.strip()[-4:]}")
    version = request.headers.get("stripe-version", API_VERSION)
    if version != API_VERSION:
        raise errors.InvalidRequest(f"Invalid Stripe API version: {version}. This box speaks {API_VERSION}.")
    _limit_rate(world)


def _limit_rate(world: World) -> None:
    limit, now = world.switches.rate_limit_per_second, world.now()
    if limit and sum(row["at"] == now for row in world.requests[-limit - 1 :]) >= limit:
        raise errors.TooManyRequests


def _suffer(fault: Fault | None) -> None:
    """Raises the error a fault stands for; `slow` and the two broken connections are not errors."""
    if fault is None:
        return
    match fault.kind:
        case "rate_limit":
            raise errors.TooManyRequests
        case "lock_timeout":
            raise errors.LockTimeout
        case "conflict":
            raise errors.Conflict
        case "error":
            raise errors.ServerTrouble(fault.status)


async def _params(request: Request) -> Json:
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return read_multipart(kind, await request.body())
    if request.method == "POST":
        return read_form((await request.body()).decode("utf-8", "replace"))
    return read_form(request.url.query)


async def _perform(world: World, request: Request, sent: Json, request_id: str) -> Answer:
    name, ids = table.find(request.method, request.url.path)
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    mark = fingerprint(request.method, request.url.path, sent)
    saved = saved_answer(world, key, mark) if key else None
    if saved:
        return Answer(saved["status"], saved["body"], replayed=True)
    params = checked(name, sent)
    call = Call(world, params, ids, request.url.path)
    world.origin = Origin(request_id, key)
    try:
        given = await _advanced(call) if name == table.ADVANCE else _done(name, call)
    finally:
        world.origin = Origin()
    if key:
        save_answer(world, key, mark, given.status, given.body)
    return given


def _done(name: str, call: Call) -> Answer:
    try:
        document = table.ENDPOINTS[name](call)
        return Answer(200, expanded(call.world.store, document, call.params.get("expand") or []))
    except StripeError as error:
        return Answer(error.status, error.body())


async def _advanced(call: Call) -> Answer:
    """A test clock moves; what falls due happens before the answer."""
    world = call.world
    clock = world.store.get("test_helpers.test_clock", call.id)
    moment = call.params["frozen_time"]
    check_advance(clock, moment)
    details = {"advancing": {"target_frozen_time": moment}}
    world.change(clock, status="advancing", status_details=details)
    world.emit("test_helpers.test_clock.advancing", clock)
    told = expanded(world.store, clock, [])
    await world.advance(moment, clock["id"])
    world.change(clock, status="ready", frozen_time=moment, status_details={})
    world.emit("test_helpers.test_clock.ready", clock)
    return Answer(200, told)


def _write_down(world: World, request: Request, params: Json, given: Answer, request_id: str) -> None:
    """For tests that must know what was asked, and how often."""
    world.requests.append(
        {
            "id": request_id,
            "at": world.now(),
            "method": request.method,
            "path": request.url.path,
            "params": {key: value for key, value in params.items() if key != "file"},
            "idempotency_key": request.headers.get("idempotency-key"),
            "status": given.status,
            "replayed": given.replayed,
        }
    )
    del world.requests[:-KEPT_REQUESTS]
