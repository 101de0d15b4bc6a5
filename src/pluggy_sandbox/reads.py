"""Finds the data of items by id, showing only products that were really collected."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.items import Item
from pluggy_sandbox.portfolio.ledger import Ledger
from pluggy_sandbox.portfolio.model import Portfolio
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.state import State

PRODUCT_OF_TYPE = {"BANK": "ACCOUNTS", "CREDIT": "CREDIT_CARDS"}


@dataclass(frozen=True)
class Owned:
    """A row and the item it belongs to."""

    item: Item
    row: Json


def accounts_of(item: Item) -> list[Json]:
    """The accounts whose product was collected."""
    portfolio = item.visible_portfolio
    if portfolio is None:
        return []
    return [row for row in portfolio.accounts if PRODUCT_OF_TYPE[str(row["type"])] in item.collected_at]


def investments_of(item: Item) -> list[Json]:
    portfolio = _with(item, "INVESTMENTS")
    return portfolio.investments if portfolio else []


def loans_of(item: Item) -> list[Json]:
    portfolio = _with(item, "LOANS")
    return portfolio.loans if portfolio else []


def identity_of(item: Item) -> Json | None:
    portfolio = _with(item, "IDENTITY")
    return portfolio.identity if portfolio else None


def _with(item: Item, product: str) -> Portfolio | None:
    return item.visible_portfolio if product in item.collected_at else None


def find_account(state: State, account_id: str) -> Owned | None:
    return next(_search(state, accounts_of, account_id), None)


def account(state: State, account_id: str) -> Owned:
    """The account with that id; raises NotFound."""
    found = find_account(state, account_id)
    if found is None:
        raise NotFound("account")
    return found


def investment(state: State, investment_id: str) -> Owned:
    found = next(_search(state, investments_of, investment_id), None)
    if found is None:
        raise NotFound("investment")
    return found


def loan(state: State, loan_id: str) -> Owned:
    found = next(_search(state, loans_of, loan_id), None)
    if found is None:
        raise NotFound("loan")
    return found


def identity(state: State, identity_id: str) -> Json:
    for item in state.items.values():
        row = identity_of(item)
        if row and row["id"] == identity_id:
            return row
    raise NotFound("identity")


def bill(state: State, bill_id: str) -> Json:
    """The bill with that id, with its `accountId`; raises NotFound."""
    for item in state.items.values():
        for card in accounts_of(item):
            for row in bills_of(item, str(card["id"])):
                if row["id"] == bill_id:
                    return {**row, "accountId": card["id"]}
    raise NotFound("credit card bill")


def bills_of(item: Item, account_id: str) -> list[Json]:
    portfolio = _with(item, "CREDIT_CARDS")
    return portfolio.bills.get(account_id, []) if portfolio else []


def ledger(state: State, account_id: str) -> Ledger:
    """The rows of an account; an empty ledger when it is unknown or not collected."""
    found = find_account(state, account_id)
    if found is None or "TRANSACTIONS" not in found.item.collected_at or found.item.portfolio is None:
        return Ledger()
    return found.item.portfolio.ledgers.get(account_id) or Ledger()


def ledgers(state: State) -> Iterator[Ledger]:
    """Every visible ledger."""
    for item in state.items.values():
        for row in accounts_of(item):
            yield ledger(state, str(row["id"]))


def transaction_ledger(state: State, transaction_id: str) -> Ledger:
    """The ledger that holds a row; raises NotFound."""
    for candidate in ledgers(state):
        if candidate.get(transaction_id) is not None:
            return candidate
    raise NotFound("transaction")


def _search(state: State, rows_of: Callable[[Item], list[Json]], row_id: str) -> Iterator[Owned]:
    for item in state.items.values():
        for row in rows_of(item):
            if row["id"] == row_id:
                yield Owned(item, row)
