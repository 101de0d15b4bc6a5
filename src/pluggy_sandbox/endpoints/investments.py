"""Investments and their movements."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import reads
from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.endpoints.calls import known_item, path_id, query_of, route, world_of
from pluggy_sandbox.pagination import cut
from pluggy_sandbox.validation import Reader

TYPES = ("COE", "EQUITY", "ETF", "FIXED_INCOME", "MUTUAL_FUND", "SECURITY", "OTHER")


async def list_investments(request: Request) -> Response:
    reader = Reader(query_of(request))
    item_id, kind = reader.uuid("itemId"), reader.one_of("type", TYPES)
    page, size = reader.page()
    reader.finish()
    item = known_item(request, item_id)
    rows = [row for row in reads.investments_of(item) if kind in (None, row["type"])] if item else []
    return json_answer(cut(rows, page, size))


async def get_investment(request: Request) -> Response:
    return json_answer(reads.investment(world_of(request).state, path_id(request, "investment")).row)


async def list_movements(request: Request) -> Response:
    investment_id = path_id(request, "investment")
    reader = Reader(query_of(request))
    page, size = reader.page()
    reader.finish()
    owned = reads.investment(world_of(request).state, investment_id)
    portfolio = owned.item.visible_portfolio
    collected = portfolio is not None and "INVESTMENTS_TRANSACTIONS" in owned.item.collected_at
    rows = portfolio.investment_transactions.get(investment_id, []) if portfolio and collected else []
    return json_answer(cut(rows, page, size))


routes = [
    route("GET", "/investments", list_investments),
    route("GET", "/investments/{id}", get_investment),
    route("GET", "/investments/{id}/transactions", list_movements),
]
