"""GET /bills and GET /bills/{id}."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import reads
from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.endpoints.calls import path_id, query_of, route, world_of
from pluggy_sandbox.pagination import cut
from pluggy_sandbox.validation import Reader


async def list_bills(request: Request) -> Response:
    reader = Reader(query_of(request))
    account_id, (page, size) = reader.uuid("accountId"), reader.page()
    reader.finish()
    owned = reads.find_account(world_of(request).state, account_id)
    return json_answer(cut(reads.bills_of(owned.item, account_id) if owned else [], page, size))


async def get_bill(request: Request) -> Response:
    return json_answer(reads.bill(world_of(request).state, path_id(request, "credit card bill")))


routes = [route("GET", "/bills", list_bills), route("GET", "/bills/{id}", get_bill)]
