"""A vendor in memory: one Item with accounts and their rows, speaking Pluggy's JSON through an httpx transport."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import httpx
import msgspec

from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.limits import Unlimited
from financehub.providers.pluggy.settings import ClientSettings

Json = dict[str, Any]
_encode = msgspec.json.Encoder(decimal_format="number").encode
CONNECTOR = {
    "id": 2, "name": "Pluggy Bank", "type": "PERSONAL_BANK", "country": "BR", "imageUrl": "", "primaryColor": "ef294b",
    "credentials": [], "isOpenFinance": False, "isSandbox": True, "products": ["TRANSACTIONS"], "oauth": False,
    "hasMFA": False, "health": {"status": "ONLINE", "stage": None},
}  # fmt: skip


class Crashed(Exception):
    """The process died here."""


@dataclass
class Ledger:
    """What the vendor shows now. `fuse`: how many more requests are answered before the process "dies"."""

    client_user_id: str = ""
    item_id: str = field(default_factory=lambda: str(uuid4()))
    accounts: dict[str, Json] = field(default_factory=dict)
    rows: dict[str, dict[str, Json]] = field(default_factory=dict)  # by account, by id
    page_size: int = 500
    fuse: int | None = None
    is_fresh: bool = True
    requests: list[str] = field(default_factory=list)
    _countdown: int | None = None
    _deed: Callable[[], None] | None = None
    collected_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def open_account(self, kind: str = "CREDIT", **fields: Any) -> str:
        """A new account; its vendor id."""
        account_id = str(uuid4())
        is_card = kind == "CREDIT"
        self.accounts[account_id] = {
            "id": account_id,
            "itemId": self.item_id,
            "type": kind,
            "name": "Cartao" if is_card else "Conta",
            "subtype": "CREDIT_CARD" if is_card else "CHECKING_ACCOUNT",
            "number": "4321" if is_card else "0001/12345-6",
            "currencyCode": "BRL",
            "balance": 0,
            "taxNumber": "761.092.776-73",
            "owner": "Ana",
            **fields,
        }
        self.rows[account_id] = {}
        return account_id

    def show(self, account_id: str, payloads: list[Json]) -> None:
        """From now on exactly these rows: Pluggy has just collected them."""
        self.collected_at = datetime.now(UTC)
        self.rows[account_id] = {payload["id"]: {"accountId": account_id, **payload} for payload in payloads}

    def interrupt_at(self, request: int | None, deed: Callable[[], None] | None) -> None:
        """Before that many more requests are answered, something else happens, once."""
        self._countdown, self._deed = request, deed

    def client(self) -> PluggyClient:
        """A client whose network is this ledger."""
        settings = ClientSettings(transport=httpx.MockTransport(self.answer), sleep=lambda _seconds: None)
        return PluggyClient(
            client_id="id",
            client_secret="secret",
            base_url="https://vendor.test",
            limiter=Unlimited(),
            settings=settings,
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, query = request.url.path, parse_qs(request.url.query.decode())
        self.requests.append(path)
        if path == "/auth":
            return _json({"apiKey": "key"})
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                raise Crashed
        self._interrupt()
        if path.startswith("/items/"):
            return _json(self._item())
        if path == "/accounts":
            return _json(_page(list(self.accounts.values())))
        if path == "/v2/transactions":
            return _json(self._transactions(query))
        if path == "/identity":
            return _json(
                {"code": 404, "message": "none", "codeDescription": "IDENTITY_NOT_FOUND"}, status=404
            )
        return _json(_page([]))

    def _interrupt(self) -> None:
        if self._countdown is None or self._deed is None:
            return
        self._countdown -= 1
        if self._countdown <= 0:
            deed, self._countdown, self._deed = self._deed, None, None
            deed()

    def _item(self) -> Json:
        now = self.collected_at.isoformat()
        return {
            "id": self.item_id, "connector": CONNECTOR, "status": "UPDATED",
            "executionStatus": "SUCCESS" if self.is_fresh else "PARTIAL_SUCCESS",
            "createdAt": now, "updatedAt": now, "lastUpdatedAt": now, "clientUserId": self.client_user_id,
            "products": ["ACCOUNTS", "TRANSACTIONS"], "error": None, "nextAutoSyncAt": None,
            "statusDetail": {"transactions": {"isUpdated": self.is_fresh, "lastUpdatedAt": now, "warnings": []}},
        }  # fmt: skip

    def _transactions(self, query: dict[str, list[str]]) -> Json:
        rows = list(self.rows[query["accountId"][0]].values())
        if "ids" in query:
            wanted = {part for text in query["ids"] for part in text.split(",")}
            rows = [row for row in rows if row["id"] in wanted]
        if "dateFrom" in query:
            rows = [row for row in rows if _moment(row["date"]) >= _moment(query["dateFrom"][0])]
        if "createdAtFrom" in query:
            rows = [row for row in rows if _moment(row["createdAt"]) >= _moment(query["createdAtFrom"][0])]
        rows.sort(key=lambda row: (row["date"], row["id"]), reverse=True)
        start = int(query.get("after", ["0"])[0])
        end = start + self.page_size
        return {"results": rows[start:end], "next": f"after={end}" if end < len(rows) else None}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _page(results: list[Json]) -> Json:
    return {"results": results, "page": 1, "total": len(results), "totalPages": 1}


def _json(body: Json, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=_encode(body), headers={"content-type": "application/json"})
