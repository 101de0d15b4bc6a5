"""Transactions by both paginations; pages are joined from rows that are JSON already."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import errors, reads
from pluggy_sandbox.answers import encoded_answer, read_body
from pluggy_sandbox.catalogue.tree import category_name, is_category
from pluggy_sandbox.endpoints.calls import path_id, query_of, route, world_of
from pluggy_sandbox.ids import is_uuid
from pluggy_sandbox.pagination import decode_cursor, encoded_cursor_page, encoded_page, next_link
from pluggy_sandbox.validation import Reader

MAX_IDS = 500
V2_FILTERS = ("accountId", "ids", "dateFrom", "dateTo", "createdAtFrom")


def _ids(request: Request, reader: Reader) -> list[str] | None:
    """`ids=a,b` or repeated; raises TooManyIds."""
    values = [*request.query_params.getlist("ids"), *request.query_params.getlist("ids[]")]
    ids = [entry for value in values for entry in value.split(",") if entry]
    if len(ids) > MAX_IDS:
        raise errors.TooManyIds
    if any(not is_uuid(entry) for entry in ids):
        reader.complain("each value in ids must be a UUID")
    return ids or None


async def list_v2(request: Request) -> Response:
    world, query = world_of(request), query_of(request)
    reader = Reader(query)
    account_id, ids = reader.uuid("accountId"), _ids(request, reader)
    date_from, date_to = reader.moment("dateFrom"), reader.moment("dateTo")
    created_from = reader.moment("createdAtFrom")
    if date_from and created_from:
        reader.complain("createdAtFrom can't be used together with dateFrom")
    reader.finish()
    after = decode_cursor(str(query["after"])) if query.get("after") else None
    rows, key = reads.ledger(world.state, account_id).page(
        date_from=date_from, date_to=date_to, created_from=created_from, ids=ids, after=after
    )
    prefix = f"{world.state.base_url}/v2/transactions" if world.state.switches.absolute_next else ""
    return encoded_answer(encoded_cursor_page(rows, next_link(_filters(query), key, prefix)))


def _filters(query: Mapping[str, object]) -> dict[str, str]:
    return {name: str(query[name]) for name in V2_FILTERS if query.get(name)}


async def list_v1(request: Request) -> Response:
    world, query = world_of(request), query_of(request)
    if world.state.switches.v1_transactions_gone:
        raise errors.Gone
    reader = Reader(query)
    account_id, ids = reader.uuid("accountId"), _ids(request, reader)
    page, size = reader.page()
    date_from, date_to = reader.moment("from"), reader.moment("to")
    created_from, bill_id = reader.moment("createdAtFrom"), reader.optional_uuid("billId")
    reader.finish()
    ledger, start = reads.ledger(world.state, account_id), (page - 1) * size
    if ids is not None:
        found, _ = ledger.page(ids=ids, limit=MAX_IDS)
        return encoded_answer(encoded_page(found[start : start + size], len(found), page, size))
    rows, total = ledger.numbered(
        date_from=date_from,
        date_to=date_to,
        created_from=created_from,
        bill_id=bill_id,
        offset=start,
        limit=size,
    )
    return encoded_answer(encoded_page(rows, total, page, size))


async def get_transaction(request: Request) -> Response:
    transaction_id = path_id(request, "transaction")
    body = reads.transaction_ledger(world_of(request).state, transaction_id).get(transaction_id)
    return encoded_answer(body or b"{}")


async def update_transaction(request: Request) -> Response:
    """Give a row another category."""
    world, transaction_id = world_of(request), path_id(request, "transaction")
    reader = Reader(await read_body(request))
    category_id = reader.text("categoryId")
    reader.finish()
    ledger = reads.transaction_ledger(world.state, transaction_id)
    if not is_category(category_id):
        raise errors.NotFound("category")
    return encoded_answer(
        ledger.set_category(transaction_id, category_id, category_name(category_id), world.now())
    )


routes = [
    route("GET", "/v2/transactions", list_v2),
    route("GET", "/transactions", list_v1),
    route("GET", "/transactions/{id}", get_transaction),
    route("PATCH", "/transactions/{id}", update_transaction),
]
