"""The rows of one account, newest first, found by key: a page costs its own rows, not the ledger's."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from pluggy_sandbox.portfolio import wire

Key = tuple[str, str]  # (date, id): the vendor's keyset order, descending
PAGE = 500
LAST = "~"  # sorts after every id


class Row(NamedTuple):
    """One transaction as it is served, with the few fields it is found by (all in the vendor's spelling)."""

    date: str
    id: str
    created: str
    body: bytes
    bill_id: str | None = None


class UnknownTransaction(KeyError):
    """The ledger holds no row with that id."""


def row_from(fields: wire.Json) -> Row:
    """The row of a whole Transaction object."""
    body = wire.encode(fields)
    card = fields.get("creditCardMetadata")
    bill = card.get("billId") if isinstance(card, dict) else None
    return Row(str(fields["date"]), str(fields["id"]), str(fields["createdAt"]), body, bill)


def earliest(text: str) -> str:
    """The first instant a `dateFrom` (day or instant) includes. Raises ValueError when it is neither."""
    return wire.stamp(wire.parse(text))


def latest(text: str) -> str:
    """The last instant a `dateTo` includes: a bare day runs to its end. Raises ValueError when neither."""
    moment = wire.stamp(wire.parse(text))
    return f"{moment[:10]}T23:59:59.999Z" if len(text) == len("2026-01-31") else moment


class Ledger:
    """Rows of one account. `copies` tells how often a reader sees each (one here, N in a PerfLedger)."""

    copies = 1

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows = {row.id: row for row in rows}
        self._keys = sorted((row.date, row.id) for row in self._rows.values())
        self._created = sorted((row.created, row.date, row.id) for row in self._rows.values())
        self._since: tuple[str, list[Key]] | None = None

    def __len__(self) -> int:
        return len(self._keys)

    def page(
        self,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        created_from: str | None = None,
        ids: Collection[str] | None = None,
        after: Key | None = None,
        limit: int = PAGE,
    ) -> tuple[list[bytes], Key | None]:
        """Up to `limit` row bodies, newest first, and the key to pass as `after` for more (None at the end).

        Dates are a day or an instant, both ends included. Raises ValueError on a malformed date.
        """
        keys = self._selected(created_from, ids)
        low, high = _span(keys, date_from, date_to)
        if after is not None:
            high = max(low, min(high, bisect_left(keys, after)))
        start = max(low, high - limit)
        chosen = keys[start:high]
        chosen.reverse()
        return [self._rows[key[1]].body for key in chosen], chosen[-1] if start > low and chosen else None

    def numbered(
        self,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        created_from: str | None = None,
        bill_id: str | None = None,
        offset: int = 0,
        limit: int = PAGE,
    ) -> tuple[list[bytes], int]:
        """Row bodies `offset .. offset + limit` of the selection, newest first, and how many it holds."""
        keys = self._selected(created_from, None)
        low, high = _span(keys, date_from, date_to)
        keys = keys[low:high] if bill_id is None else self._billed(keys[low:high], bill_id)
        keys.reverse()
        return [self._rows[key[1]].body for key in keys[offset : offset + limit]], len(keys)

    def get(self, transaction_id: str) -> bytes | None:
        """The row's JSON, or None."""
        row = self._rows.get(transaction_id)
        return row.body if row else None

    def find(self, transaction_id: str) -> Row | None:
        """The row with its index fields, or None."""
        return self._rows.get(transaction_id)

    def newest(self) -> list[Row]:
        """Every row, newest first (of a PerfLedger: the base rows)."""
        return [self._rows[key[1]] for key in reversed(self._keys)]

    def count(self, *, date_from: str | None = None, date_to: str | None = None) -> int:
        """How many rows the days hold, both ends included."""
        low, high = _span(self._keys, date_from, date_to)
        return high - low

    def add(self, row: Row) -> None:
        """Insert a row; one with the same id is replaced."""
        if row.id in self._rows:
            self.remove(row.id)
        self._rows[row.id] = row
        insort(self._keys, (row.date, row.id))
        insort(self._created, (row.created, row.date, row.id))
        self._since = None

    def replace(self, row: Row) -> None:
        """Put new content in place of the row with the same id. Raises UnknownTransaction."""
        if row.id not in self._rows:
            raise UnknownTransaction(row.id)
        self.add(row)

    def remove(self, transaction_id: str) -> Row:
        """Take a row out and return it. Raises UnknownTransaction."""
        row = self._rows.pop(transaction_id, None)
        if row is None:
            raise UnknownTransaction(transaction_id)
        del self._keys[bisect_left(self._keys, (row.date, row.id))]
        del self._created[bisect_left(self._created, (row.created, row.date, row.id))]
        self._since = None
        return row

    def absorb(self, row: Row) -> list[str]:
        """Take a row the bank generated, new or changed, and return the ids that readers see change."""
        known = self._rows.get(row.id)
        self.add(row._replace(created=known.created) if known else row)
        return [row.id]

    def retire(self, transaction_id: str) -> list[str]:
        """The bank no longer has a generated row; returns the ids that readers see vanish."""
        return [self.remove(transaction_id).id] if transaction_id in self._rows else []

    def set_category(self, transaction_id: str, category_id: str, category: str, now: datetime) -> bytes:
        """Give the row a category (the vendor's PATCH) and return its new JSON. Raises UnknownTransaction."""
        row = self.find(transaction_id)
        if row is None:
            raise UnknownTransaction(transaction_id)
        fields = wire.decode(row.body)
        fields |= {"category": category, "categoryId": category_id, "updatedAt": wire.stamp(now)}
        self.replace(row._replace(body=wire.encode(fields)))
        return self.get(transaction_id) or b""

    def _selected(self, created_from: str | None, ids: Collection[str] | None) -> list[Key]:
        if ids is not None:
            return sorted((self._rows[i].date, i) for i in set(ids) if i in self._rows)
        if created_from is None:
            return self._keys
        since = earliest(created_from)
        start = bisect_left(self._created, (since, "", ""))
        if start == 0:
            return self._keys
        if self._since is None or self._since[0] != since:
            self._since = since, sorted((date, name) for _, date, name in self._created[start:])
        return self._since[1]

    def _billed(self, keys: list[Key], bill_id: str) -> list[Key]:
        return [key for key in keys if self._rows[key[1]].bill_id == bill_id]


def _span(keys: list[Key], date_from: str | None, date_to: str | None) -> tuple[int, int]:
    low = bisect_left(keys, (earliest(date_from), "")) if date_from else 0
    high = bisect_right(keys, (latest(date_to), LAST)) if date_to else len(keys)
    return low, max(low, high)
