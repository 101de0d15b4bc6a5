"""The category tree and the application's own rules."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.catalogue.tree import categories, category_name, is_category
from pluggy_sandbox.endpoints.calls import path_id, route, world_of
from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.pagination import single_page
from pluggy_sandbox.validation import Reader

MATCH_TYPES = ("exact", "contains", "startsWith", "endsWith")


async def list_categories(request: Request) -> Response:
    parent = request.query_params.get("parentId")
    return json_answer(single_page([row for row in categories() if parent in (None, row["parentId"])]))


async def get_category(request: Request) -> Response:
    wanted = request.path_params["id"]
    for row in categories():
        if row["id"] == wanted:
            return json_answer(row)
    raise NotFound("category")


async def list_rules(request: Request) -> Response:
    return json_answer(single_page(list(world_of(request).state.category_rules.values())))


async def create_rule(request: Request) -> Response:
    state = world_of(request).state
    reader = Reader(await read_body(request))
    description, category_id = reader.text("description"), reader.text("categoryId")
    transaction_type = reader.one_of("transactionType", ("DEBIT", "CREDIT"))
    account_type = reader.one_of("accountType", ("CHECKING_ACCOUNT", "CREDIT_CARD"))
    match_type = reader.one_of("matchType", MATCH_TYPES) or "exact"
    reader.finish()
    if not is_category(category_id):
        raise NotFound("category")
    rule_id = state.ids.uuid()
    state.category_rules[rule_id] = {
        "id": rule_id,
        "description": description,
        "categoryId": category_id,
        "category": category_name(category_id),
        "clientId": state.client_id,
        "transactionType": transaction_type,
        "accountType": account_type,
        "matchType": match_type,
    }
    return json_answer(state.category_rules[rule_id])


async def delete_rule(request: Request) -> Response:
    rule_id = path_id(request, "category rule")
    if world_of(request).state.category_rules.pop(rule_id, None) is None:
        raise NotFound("category rule")
    return Response(status_code=204)


routes = [
    route("GET", "/categories", list_categories),
    route("GET", "/categories/rules", list_rules),
    route("POST", "/categories/rules", create_rule),
    route("DELETE", "/categories/rules/{id}", delete_rule),
    route("GET", "/categories/{id}", get_category),
]
