"""Accounts, their statements, and the live balance."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import errors, reads
from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.clock import stamp
from pluggy_sandbox.credentials import read_login
from pluggy_sandbox.endpoints.calls import (
    caller_of,
    known_item,
    path_id,
    query_of,
    route,
    shared_route,
    world_of,
)
from pluggy_sandbox.pagination import single_page
from pluggy_sandbox.reads import Owned
from pluggy_sandbox.shapes import Json, as_object
from pluggy_sandbox.validation import Reader
from pluggy_sandbox.world import World

# What the Connect page may see of an account.
REDUCED = ("id", "itemId", "type", "subtype", "number", "name", "marketingName", "balance", "currencyCode",
           "createdAt", "updatedAt")  # fmt: skip


async def list_accounts(request: Request) -> Response:
    reader = Reader(query_of(request))
    item_id, kind = reader.uuid("itemId"), reader.one_of("type", ("BANK", "CREDIT"))
    reader.finish()
    session = caller_of(request).session
    if session is not None and session.item_id != item_id:
        raise errors.Forbidden
    item = known_item(request, item_id)
    rows = [row for row in reads.accounts_of(item) if kind in (None, row["type"])] if item else []
    if session is not None:
        rows = [{name: row.get(name) for name in REDUCED} for row in rows]
    return json_answer(single_page(rows))


async def get_account(request: Request) -> Response:
    return json_answer(reads.account(world_of(request).state, path_id(request, "account")).row)


async def list_statements(request: Request) -> Response:
    world, account_id = world_of(request), path_id(request, "account")
    owned = reads.account(world.state, account_id)
    portfolio = owned.item.visible_portfolio
    rows = portfolio.statements.get(account_id, []) if portfolio else []
    return json_answer(single_page([{**row, "url": _statement_url(world, row)} for row in rows]))


def _statement_url(world: World, row: Json) -> str:
    return f"{world.state.base_url}/statements/{row['id']}.pdf"


async def get_balance(request: Request) -> Response:
    """A call to the institution: spends the balance quota and refreshes the stored account."""
    world = world_of(request)
    owned = reads.find_account(world.state, path_id(request, "balance"))
    if owned is None:
        raise errors.NotFound("balance")
    if owned.row["type"] != "BANK":
        raise errors.BalanceInvalidRequest
    _check_institution(world, owned)
    owned.row["updatedAt"] = stamp(world.now())
    bank = as_object(owned.row.get("bankData"))
    return json_answer(
        {
            "balance": owned.row["balance"],
            "blockedBalance": 0,
            "automaticallyInvestedBalance": bank.get("automaticallyInvestedBalance"),
            "closingBalance": bank.get("closingBalance"),
            "currencyCode": owned.row["currencyCode"],
            "updateDateTime": owned.row["updatedAt"],
        }
    )


def _check_institution(world: World, owned: Owned) -> None:
    item, now = owned.item, world.now()
    if as_object(item.connector.get("health")).get("status") == "OFFLINE":
        raise errors.BalanceConnectorUnavailable
    if not item.is_open_finance:
        return
    consent = world.state.consents.get(item.consent_id or "")
    if consent is None or not consent.is_valid(now):
        raise errors.BalanceConsentError
    holder = (read_login(item.connector, item.parameters).document, item.connector_id)
    if not world.state.quotas.spend(holder, "accounts_balance", now):
        raise errors.BalanceRateLimit


routes = [
    shared_route("GET", "/accounts", list_accounts),
    route("GET", "/accounts/{id}", get_account),
    route("GET", "/accounts/{id}/statements", list_statements),
    route("GET", "/accounts/{id}/balance", get_balance),
]
