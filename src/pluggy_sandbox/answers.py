"""How the simulator writes: JSON with exact money, and Pluggy's error bodies."""

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.errors import Malformed, PluggyError
from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.shapes import Json


def json_answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as JSON; Decimals are written as the numbers they are."""
    return encoded_answer(wire.encode(value), status, headers)


def encoded_answer(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A body that is JSON already."""
    return Response(body, status, headers, media_type="application/json")


def error_answer(error: PluggyError, headers: Mapping[str, str] | None = None) -> Response:
    return json_answer(error.body(), error.status, headers)


async def read_body(request: Request) -> Json:
    """The JSON object of a request; an empty body is an empty object. Raises Malformed."""
    raw = await request.body()
    if not raw:
        return {}
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        raise Malformed("Unexpected token in JSON body") from None
    if not isinstance(value, dict):
        raise Malformed("body must be an object")
    return value
