"""Portfolios for tests: a login at a connector at one fixed evening."""

from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from uuid import UUID

from pluggy_sandbox.catalogue import connectors
from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.build import build_portfolio
from pluggy_sandbox.portfolio.model import Portfolio

EVENING = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)
ITEM = UUID("11111111-1111-4111-8111-111111111111")
LOGINS = [
    ("user-ok", 2),
    ("76109277673", 612),
    ("23824264030", 601),
    ("user-ok", 10),
    ("user-ok", 11),
    ("user-ok", 15),
    ("user-ok", 16),
    ("user-ok-two-checking-accounts", 2),
    ("user-ok-multi-company", 10),
    ("user-ok-select", 2),
    ("12345678000195", 801),
]


def connector(number: int) -> dict:
    return next(row for row in connectors() if row["id"] == number)


def made(
    user: str = "user-ok", number: int = 2, *, now: datetime = EVENING, seed: int = 7, copies: int = 1
) -> Portfolio:
    """A portfolio of one's own, free to be changed."""
    return deepcopy(_built(user, number, now, seed, copies))


@lru_cache(maxsize=20)
def _built(user: str, number: int, now: datetime, seed: int, copies: int) -> Portfolio:
    return build_portfolio(
        user=user, connector=connector(number), seed=seed, now=now, multiplier=copies, item_id=ITEM
    )


@cache
def shown(user: str = "user-ok", number: int = 2) -> Portfolio:
    """The same portfolio for every test that only reads."""
    return made(user, number)


def rows(portfolio: Portfolio, account_id: str) -> list[dict]:
    return [wire.decode(row.body) for row in portfolio.ledgers[account_id].newest()]


def all_rows(portfolio: Portfolio) -> list[dict]:
    return [row for account_id in portfolio.ledgers for row in rows(portfolio, account_id)]


def account_id(portfolio: Portfolio, subtype: str) -> str:
    return next(str(account["id"]) for account in portfolio.accounts if account["subtype"] == subtype)


def in_reais(row: dict) -> Decimal:
    """What the row moves, in the account's currency."""
    converted = row["amountInAccountCurrency"]
    return Decimal(row["amount"] if converted is None else converted)
