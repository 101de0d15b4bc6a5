"""How the simulator writes: indented JSON with a request id, and the vendor's error bodies."""

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stripe_sandbox.errors import InvalidRequest, StripeError
from stripe_sandbox.shapes import Json


def json_answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    body = msgspec.json.format(msgspec.json.encode(value), indent=2)
    return Response(body, status, dict(headers or {}), media_type="application/json")


def error_answer(error: StripeError, headers: Mapping[str, str] | None = None) -> Response:
    return json_answer(error.body(), error.status, headers)


async def read_json(request: Request) -> Json:
    """The JSON object of a control request; an empty body is an empty object. Raises InvalidRequest."""
    raw = await request.body()
    try:
        value = msgspec.json.decode(raw or b"{}")
    except msgspec.DecodeError:
        raise InvalidRequest("The body is not JSON") from None
    if not isinstance(value, dict):
        raise InvalidRequest("The body must be an object")
    return value
