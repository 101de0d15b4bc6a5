"""Transactions, page by page: the hot path of a sync."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from financehub.providers.pluggy.calls import Call, Value
from financehub.providers.pluggy.exchange import garbled
from financehub.providers.pluggy.limits import Family
from financehub.providers.pluggy.paging import PAGE_SIZE, Endpoints, continued, cursor_after
from financehub.providers.pluggy.shapes.base import Shape
from financehub.providers.pluggy.shapes.transactions import (
    TransactionPage,
    TransactionRow,
    parse_transaction_page,
)


class _CategoryChange(Shape, kw_only=True):
    category_id: str


class TransactionEndpoints(Endpoints):
    def iter_transaction_pages(
        self,
        account_id: str,
        date_from: date | None = None,
        date_to: date | None = None,
        created_at_from: datetime | None = None,
        ids: Sequence[str] | None = None,
    ) -> Iterator[TransactionPage]:
        """Pages of up to 500, newest first, each fetched when asked for.

        Pluggy forbids `date_from` beside `created_at_from`: ValueError. Many `ids` are asked 500 at a time.
        """
        if date_from is not None and created_at_from is not None:
            raise ValueError("Pluggy takes dateFrom or createdAtFrom, not both")
        query: dict[str, Value] = {
            "accountId": account_id,
            "dateFrom": date_from,
            "dateTo": date_to,
            "createdAtFrom": created_at_from,
        }
        if ids is None:
            yield from self._transaction_pages(query)
            return
        for start in range(0, len(ids), PAGE_SIZE):
            yield from self._transaction_pages({**query, "ids": ids[start : start + PAGE_SIZE]})

    def fetch_transaction(self, transaction_id: str) -> TransactionRow:
        call = Call("GET", "/transactions/{id}", {"id": transaction_id}, family=Family.TRANSACTIONS)
        return self._fetch(call, TransactionRow)

    def update_transaction_category(self, transaction_id: str, category_id: str) -> TransactionRow:
        """Teach Pluggy the right category of one Transaction."""
        body = _CategoryChange(category_id=category_id)
        call = Call(
            "PATCH", "/transactions/{id}", {"id": transaction_id}, body=body, family=Family.TRANSACTIONS
        )
        return self._fetch(call, TransactionRow)

    def _transaction_pages(self, query: Mapping[str, Value]) -> Iterator[TransactionPage]:
        call = Call("GET", "/v2/transactions", query=query, family=Family.TRANSACTIONS)
        after: str | None = None
        while True:
            page, following = self._transaction_page(continued(call, after))
            page.after = after = cursor_after(call, after, following)
            yield page
            if after is None:
                return

    def _transaction_page(self, call: Call) -> tuple[TransactionPage, str | None]:
        body = self._exchange.send(call)
        try:
            return parse_transaction_page(body)
        except msgspec.MsgspecError as error:
            raise garbled(call, error) from None
