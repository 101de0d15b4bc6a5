"""GET /consents and GET /consents/{id}."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.endpoints.calls import path_id, query_of, route, world_of
from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.pagination import single_page
from pluggy_sandbox.validation import Reader


async def list_consents(request: Request) -> Response:
    reader = Reader(query_of(request))
    item_id = reader.uuid("itemId")
    reader.finish()
    rows = [row.to_json() for row in world_of(request).state.consents.values() if row.item_id == item_id]
    return json_answer(single_page(rows))


async def get_consent(request: Request) -> Response:
    consent = world_of(request).state.consents.get(path_id(request, "consent"))
    if consent is None:
        raise NotFound("consent")
    return json_answer(consent.to_json())


routes = [route("GET", "/consents", list_consents), route("GET", "/consents/{id}", get_consent)]
