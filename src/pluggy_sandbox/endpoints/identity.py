"""GET /identity and GET /identity/{id}: one object, never a page."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import reads
from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.endpoints.calls import known_item, path_id, query_of, route, world_of
from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.validation import Reader


async def find_identity(request: Request) -> Response:
    reader = Reader(query_of(request))
    item_id = reader.uuid("itemId")
    reader.finish()
    item = known_item(request, item_id)
    identity = reads.identity_of(item) if item else None
    if identity is None:
        raise NotFound("identity")
    return json_answer(identity)


async def get_identity(request: Request) -> Response:
    return json_answer(reads.identity(world_of(request).state, path_id(request, "identity")))


routes = [route("GET", "/identity", find_identity), route("GET", "/identity/{id}", get_identity)]
