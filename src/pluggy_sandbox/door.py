"""What a request meets before its endpoint: misfortunes, the allowlist, limits, and the token."""

import asyncio
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pluggy_sandbox import errors, rate_limits
from pluggy_sandbox.answers import encoded_answer, error_answer
from pluggy_sandbox.errors import PluggyError
from pluggy_sandbox.faults import Fault
from pluggy_sandbox.tokens import Caller
from pluggy_sandbox.world import World

API_ROOTS = frozenset(
    [
        "auth",
        "connect_token",
        "connectors",
        "items",
        "v2",
        "consents",
        "accounts",
        "transactions",
        "bills",
        "investments",
        "identity",
        "loans",
        "categories",
        "merchants",
        "webhooks",
        "acquirer-sales",
        "acquirer-receivables",
        "acquirer-anticipations",
        "income-reports",
        "portfolio",
        "payroll-loans",
        "benefits",
        "payments",
        "boletos",
        "boleto-connections",
    ]
)
_PROMISED_BYTES = b"1000000"  # more than a dropped connection will ever deliver


class Door:
    """ASGI middleware in front of the API; pages and the control plane pass untouched."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app, self._world = app, world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _root(scope) == "_control" and _is_foreign(Request(scope)):
            await error_answer(errors.Forbidden("The control plane answers its own pages only"))(
                scope, receive, send
            )
            return
        if scope["type"] != "http" or _root(scope) not in API_ROOTS:
            await self._app(scope, receive, send)
            return
        fault = self._world.faults.strike(scope["method"], scope["path"])
        if fault is not None and await self._suffer(fault, scope, receive, send):
            return
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send)

    async def _suffer(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> bool:
        """True when the fault was the whole answer."""
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return False
        if fault.kind == "drop":
            await _drop(send)
            return True
        await self._faulty_answer(fault, scope)(scope, receive, send)
        return True

    def _faulty_answer(self, fault: Fault, scope: Scope) -> Response:
        if fault.kind == "garbage":
            return encoded_answer(b'{"results":[{"id":"')
        if fault.kind == "rate_limit":
            family = rate_limits.family_of(scope["method"], scope["path"]) or rate_limits.Family("fault", 360)
            return error_answer(errors.TooManyRequests(), rate_limits.headers(family, self._world.now()))
        error: PluggyError = errors.BadGateway() if fault.status == 502 else errors.InternalServerError()
        answer = error_answer(error)
        answer.status_code = fault.status
        return answer

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer of a request that may not enter; otherwise its caller is put in the scope."""
        world, request = self._world, Request(scope)
        family = rate_limits.family_of(scope["method"], scope["path"])
        address = request.client.host if request.client else "unknown"
        if (
            family
            and world.state.switches.rate_limits
            and not world.limiter.allow(address, family, world.now())
        ):
            return error_answer(errors.TooManyRequests(), rate_limits.headers(family, world.now()))
        try:
            scope["caller"] = self._admit(request, address)
        except PluggyError as error:
            return error_answer(error)
        return None

    def _admit(self, request: Request, address: str) -> Caller:
        if request.url.path.rstrip("/") == "/auth":
            self._check_address(address)
            return Caller()
        caller = self._world.tokens.caller(request.headers.get("x-api-key"), self._world.now())
        if caller.session is None:
            self._check_address(address)
        return caller

    def _check_address(self, address: str) -> None:
        allowed = self._world.state.switches.ip_allowlist
        if allowed is not None and address not in allowed:
            raise errors.ClientIpNotAllowed


def _root(scope: Scope) -> str:
    return str(scope["path"]).lstrip("/").partition("/")[0]


def _is_foreign(request: Request) -> bool:
    """True for a call that some other site's page makes from the browser of whoever runs us."""
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


async def _drop(send: Send) -> None:
    """Begin an answer and leave: the server closes the connection in the middle of the body."""
    headers = [(b"content-type", b"application/json"), (b"content-length", _PROMISED_BYTES)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"results":[', "more_body": True})
