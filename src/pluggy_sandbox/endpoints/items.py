"""The life of items: create, read, refresh, answer, delete, and the opt-in list."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import errors
from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.clock import stamp
from pluggy_sandbox.connecting import Wish
from pluggy_sandbox.endpoints.calls import caller_of, path_id, query_of, route, shared_route, world_of
from pluggy_sandbox.items import Item
from pluggy_sandbox.pagination import MAX_PAGE_SIZE, decode_cursor, next_link
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.validation import Reader, read_parameters


def _wish(body: Json, reader: Reader) -> Wish:
    return Wish(
        parameters=read_parameters(reader, body),
        products=reader.strings("products"),
        client_user_id=reader.optional_text("clientUserId"),
        webhook_url=reader.optional_text("webhookUrl"),
        oauth_redirect_uri=reader.optional_text("oauthRedirectUri"),
        avoid_duplicates=reader.flag("avoidDuplicates") or False,
    )


async def create_item(request: Request) -> Response:
    body = await read_body(request)
    reader = Reader(body)
    connector_id, wish = reader.number("connectorId"), _wish(body, reader)
    reader.finish()
    item = world_of(request).create_item(connector_id, wish, session=caller_of(request).session)
    return json_answer(item.to_json())


async def get_item(request: Request) -> Response:
    item = _item_for_caller(request)
    item.touched_at = world_of(request).now()
    return json_answer(item.to_json())


async def update_item(request: Request) -> Response:
    item, body = _item_for_caller(request), await read_body(request)
    reader = Reader(body)
    wish = _wish(body, reader)
    reader.finish()
    return json_answer(
        world_of(request).update_item(item.id, wish, session=caller_of(request).session).to_json()
    )


async def answer_mfa(request: Request) -> Response:
    item, body = _item_for_caller(request), await read_body(request)
    answers = {key: str(value) for key, value in body.items() if isinstance(value, str | int)}
    return json_answer(world_of(request).answer_mfa(item.id, answers).to_json())


async def delete_item(request: Request) -> Response:
    world_of(request).delete_item(path_id(request, "item"))
    return json_answer({"count": 1})


async def disable_auto_sync(request: Request) -> Response:
    return json_answer(world_of(request).disable_auto_sync(path_id(request, "item")).to_json())


def _item_for_caller(request: Request) -> Item:
    """The item of the path; a connect token may only name the item of its session."""
    session = caller_of(request).session
    item_id = path_id(request, "item")
    if session is not None and session.item_id != item_id:
        raise errors.Forbidden
    return world_of(request).get_item(item_id)


async def list_items(request: Request) -> Response:
    world, query = world_of(request), query_of(request)
    if not world.state.switches.items_list:
        raise errors.FeatureNotEnabled
    reader = Reader(query)
    client_user_id = reader.optional_text("clientUserId", at_most=255)
    connector_id = reader.query_number("connectorId", -1, least=0)
    reader.finish()
    rows = sorted(
        (
            (stamp(item.created_at), item.id)
            for item in world.state.items.values()
            if client_user_id in (None, item.client_user_id) and connector_id in (-1, item.connector_id)
        ),
        reverse=True,
    )
    after = decode_cursor(str(query["after"])) if query.get("after") else None
    left = [row for row in rows if after is None or row < after]
    page = left[:MAX_PAGE_SIZE]
    filters = {name: str(query[name]) for name in ("clientUserId", "connectorId") if query.get(name)}
    following = next_link(filters, page[-1] if len(left) > len(page) else None)
    return json_answer({"results": [world.get_item(row[1]).to_json() for row in page], "next": following})


routes = [
    shared_route("POST", "/items", create_item),
    shared_route("GET", "/items/{id}", get_item),
    shared_route("PATCH", "/items/{id}", update_item),
    shared_route("POST", "/items/{id}/mfa", answer_mfa),
    route("DELETE", "/items/{id}", delete_item),
    route("PATCH", "/items/{id}/disable-auto-sync", disable_auto_sync),
    route("GET", "/v2/items", list_items),
]
