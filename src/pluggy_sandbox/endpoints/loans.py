"""GET /loans and GET /loans/{id}."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import reads
from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.endpoints.calls import known_item, path_id, query_of, route, world_of
from pluggy_sandbox.pagination import single_page
from pluggy_sandbox.validation import Reader


async def list_loans(request: Request) -> Response:
    reader = Reader(query_of(request))
    item_id = reader.uuid("itemId")
    reader.finish()
    item = known_item(request, item_id)
    return json_answer(single_page(reads.loans_of(item) if item else []))


async def get_loan(request: Request) -> Response:
    return json_answer(reads.loan(world_of(request).state, path_id(request, "loan")).row)


routes = [route("GET", "/loans", list_loans), route("GET", "/loans/{id}", get_loan)]
