"""POST /auth and POST /connect_token."""

import hmac

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import errors
from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.endpoints.calls import route, world_of
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.validation import Reader


async def authenticate(request: Request) -> Response:
    world, body = world_of(request), await read_body(request)
    reader = Reader(body)
    client_id, secret = reader.uuid("clientId"), reader.text("clientSecret")
    reader.finish()
    state = world.state
    if client_id != state.client_id or not hmac.compare_digest(secret.encode(), state.client_secret.encode()):
        raise errors.ClientKeysUnauthorized
    if state.switches.client_disabled:
        raise errors.ClientDisabled
    return json_answer({"apiKey": world.tokens.issue_api_key(world.now(), state.ids.uuid())})


async def create_connect_token(request: Request) -> Response:
    world, body = world_of(request), await read_body(request)
    reader = Reader(body)
    item_id, options = reader.optional_uuid("itemId"), body.get("options")
    if options is not None and not isinstance(options, dict):
        reader.complain("options must be an object")
    reader.finish()
    if item_id:
        world.get_item(item_id)
    token = world.issue_connect_token(_checked(options), item_id)
    return json_answer({"accessToken": token})


def _checked(options: object) -> Json:
    """The ItemOptions of a token; raises Malformed."""
    if not isinstance(options, dict):
        return {}
    reader = Reader(options)
    for name in ("clientUserId", "webhookUrl", "oauthRedirectUri"):
        reader.optional_text(name)
    reader.flag("avoidDuplicates")
    reader.strings("products")
    reader.finish()
    return options


routes = [route("POST", "/auth", authenticate), route("POST", "/connect_token", create_connect_token)]
