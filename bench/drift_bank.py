"""A bank of one account for the drift corpus: rows of the simulator, an honest balance, and faults in what is shown."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx

Json = dict[str, Any]
API_KEY = "drift"
EMPTY = {"results": [], "total": 0, "totalPages": 1, "page": 1}


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def parse(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class Entry:
    """A movement at the bank. `shown` and `moves` say whether the feed has it and whether the balance does."""

    row: Json
    cents: int  # signed for the person
    moment: datetime
    shown: bool = True
    moves: bool = True
    shown_from: datetime | None = None  # when the feed has it, if later than it happened
    shown_until: datetime | None = None
    posts_at: datetime | None = None  # pending before
    moves_at: datetime | None = None  # when the balance holds it, if not when it happened
    has_column: bool = True

    def is_shown(self, at: datetime) -> bool:
        since = self.shown_from or (self.moment if self.row["status"] == "POSTED" else None)
        return (
            self.shown
            and (since is None or since <= at)
            and (self.shown_until is None or at < self.shown_until)
        )

    def is_in_balance(self, at: datetime) -> bool:
        return self.moves and (self.moves_at or self.moment) <= at


@dataclass
class Ledger:
    """One account through the days of a case."""

    account: Json
    entries: list[Entry]
    opening: int
    steps: list[datetime]
    with_column: bool
    invested: int | None = None
    invested_moves: list[tuple[datetime, int]] = field(default_factory=list)
    stale_from: datetime | None = None

    @property
    def is_card(self) -> bool:
        return bool(self.account["type"] == "CREDIT")

    def worth(self, at: datetime) -> int:
        """Signed for the person."""
        return self.opening + sum(entry.cents for entry in self.entries if entry.is_in_balance(at))

    def invested_at(self, at: datetime) -> int | None:
        if self.invested is None:
            return None
        return self.invested + sum(cents for moment, cents in self.invested_moves if moment <= at)

    def account_at(self, at: datetime) -> Json:
        shown = deepcopy(self.account)
        worth = self.worth(at)
        shown["balance"] = reais(-worth if self.is_card else worth)
        shown["updatedAt"] = stamp(at)
        if shown["bankData"]:
            invested = self.invested_at(at)
            shown["bankData"]["closingBalance"] = shown["balance"]
            shown["bankData"]["automaticallyInvestedBalance"] = None if invested is None else reais(invested)
        return shown

    def rows_at(self, at: datetime) -> Iterator[Json]:
        """What the feed shows, with the bank's own running balances where it has them."""
        at = min(at, self.stale_from) if self.stale_from else at
        column = self._column(at) if self.with_column else {}
        for entry in self.entries:
            if not entry.is_shown(at):
                continue
            row = dict(entry.row)
            if entry.posts_at is not None:
                row["status"] = "POSTED" if entry.posts_at <= at else "PENDING"
            own = column.get(id(entry)) if entry.has_column and row["status"] == "POSTED" else None
            row["balance"] = own
            yield row

    def _column(self, at: datetime) -> dict[int, float]:
        running, column = self.opening, {}
        for entry in sorted(self.entries, key=lambda entry: entry.moves_at or entry.moment):
            if entry.is_in_balance(at):
                running += entry.cents
                column[id(entry)] = reais(running)
        return column


def reais(cents: int) -> float:
    return float(Decimal(cents) / 100)


def copy_of(entry: Entry, **changes: Any) -> Entry:
    """The same movement as another row."""
    row = dict(entry.row) | {"id": str(uuid4()), "providerId": None} | changes.pop("row", {})
    return Entry(row, changes.pop("cents", entry.cents), changes.pop("moment", entry.moment), **changes)


class Bank(httpx.BaseTransport):
    """Answers like Pluggy for one Item that holds one account, at the moment `at`."""

    def __init__(self, ledger: Ledger, connector: Json) -> None:
        self.ledger, self.connector = ledger, connector
        self.item_id = str(uuid4())
        self.ledger.account = dict(ledger.account) | {"id": str(uuid4()), "itemId": self.item_id}
        self.at = ledger.steps[0]
        self.first_shown: dict[str, str] = {}

    def item(self) -> Json:
        stale = self.ledger.stale_from is not None and self.at > self.ledger.stale_from
        fresh = {"isUpdated": True, "lastUpdatedAt": stamp(self.at), "warnings": []}
        warning = {"code": "TXN_003", "message": "rate limit reached", "providerMessage": None}
        old = {"isUpdated": False, "lastUpdatedAt": stamp(self.ledger.steps[0]), "warnings": [warning]}
        product = "creditCards" if self.ledger.is_card else "accounts"
        return {
            "id": self.item_id,
            "connector": self.connector,
            "status": "UPDATED",
            "executionStatus": "PARTIAL_SUCCESS" if stale else "SUCCESS",
            "error": None,
            "statusDetail": {product: fresh, "transactions": old} if stale else None,
            "products": ["ACCOUNTS", "TRANSACTIONS", "CREDIT_CARDS"],
            "createdAt": stamp(self.ledger.steps[0]),
            "updatedAt": stamp(self.at),
            "lastUpdatedAt": stamp(self.at),
        }

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path, params = request.url.path, request.url.params
        if path == "/identity":
            return _json({"code": 404, "message": "identity not found"}, status=404)
        if path.startswith("/items/"):
            return _json(self.item())
        answers: dict[str, Callable[[], Json]] = {
            "/auth": lambda: {"apiKey": API_KEY},
            "/accounts": lambda: EMPTY | {"results": [self.ledger.account_at(self.at)], "total": 1},
            "/v2/transactions": lambda: {
                "results": self._rows(dict(params), params.get_list("ids")),
                "next": None,
            },
        }
        return _json(answers.get(path, lambda: EMPTY)())

    def _rows(self, query: dict[str, str], ids: list[str]) -> list[Json]:
        wanted = [key for value in ids for key in value.split(",")]
        shown = []
        for row in self.ledger.rows_at(self.at):
            created = self.first_shown.setdefault(row["id"], stamp(self.at))
            row |= {"accountId": self.ledger.account["id"], "createdAt": created, "updatedAt": created}
            in_window = row["date"][:10] >= query.get("dateFrom", "")[:10]
            is_new = row["createdAt"] >= query.get("createdAtFrom", "")
            if row["id"] in wanted or (not wanted and in_window and is_new):
                shown.append(row)
        return sorted(shown, key=lambda row: (row["date"], row["id"]), reverse=True)


def _json(body: object, status: int = 200) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return httpx.Response(status, content=json.dumps(body).encode(), headers=headers)
