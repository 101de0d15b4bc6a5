"""The ledger of `user-ok-perf-Nx`: every row N times, in the memory of one, a page at its own price."""

from collections.abc import Collection, Iterable
from heapq import merge
from itertools import islice

from pluggy_sandbox.portfolio.copies import HEAD, Copies, cut
from pluggy_sandbox.portfolio.ledger import LAST, PAGE, Key, Ledger, Row, UnknownTransaction, earliest, latest


class PerfLedger(Ledger):
    """`copies` readings of each base row; a copy that changes moves to a small ledger laid over them."""

    def __init__(self, rows: Iterable[Row], copies: int) -> None:
        super().__init__()
        self._base = Copies(map(cut, rows), copies)
        self._gone: set[str] = set()  # copies that were removed, or replaced by a row of the overlay
        self.copies = copies

    def __len__(self) -> int:
        return len(self._base) - len(self._gone) + super().__len__()

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
        """As Ledger.page; the cost is that of the page, whatever `copies` is."""
        if ids is not None:
            named = Ledger(row for row in map(self.find, ids) if row)
            return named.page(date_from=date_from, date_to=date_to, after=after, limit=limit)
        base = self._base.only(created_from, None)
        low, high = base.span(date_from, date_to)
        if after is not None:
            high = max(low, min(high, base.position(after)))
        overlay = self._overlay(date_from, date_to, created_from, after)
        if not overlay and not self._gone:
            start = max(low, high - limit)
            return base.bodies(start, high), base.key(start) if start > low else None
        found = list(islice(merge(base.items(low, high, self._gone), overlay, reverse=True), limit + 1))
        return [body for _, body in found[:limit]], found[limit - 1][0] if len(found) > limit else None

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
        """As Ledger.numbered; once copies have changed the cost grows with the ledger."""
        base = self._base.only(created_from, bill_id)
        low, high = base.span(date_from, date_to)
        overlay = self._overlay(date_from, date_to, created_from, None)
        if not overlay and not self._gone:
            end = max(low, high - offset)
            return base.bodies(max(low, end - limit), end), high - low
        changed = [item for item in overlay if bill_id is None or self._rows[item[0][1]].bill_id == bill_id]
        rows = [body for _, body in merge(base.items(low, high, self._gone), changed, reverse=True)]
        return rows[offset : offset + limit], len(rows)

    def get(self, transaction_id: str) -> bytes | None:
        row = self.find(transaction_id)
        return row.body if row else None

    def find(self, transaction_id: str) -> Row | None:
        changed = super().find(transaction_id)
        if changed or transaction_id in self._gone:
            return changed
        return self._base.find(transaction_id)

    def newest(self) -> list[Row]:
        """The changed rows and the first copy of each base row, newest first."""
        shown = [row for row in self._base.firsts() if row.id not in self._gone] + super().newest()
        return sorted(shown, key=lambda row: (row.date, row.id), reverse=True)

    def count(self, *, date_from: str | None = None, date_to: str | None = None) -> int:
        return self.numbered(date_from=date_from, date_to=date_to, limit=0)[1]

    def add(self, row: Row) -> None:
        if self.find(row.id) is not None:
            self.remove(row.id)
        super().add(row)

    def replace(self, row: Row) -> None:
        if self.find(row.id) is None:
            raise UnknownTransaction(row.id)
        self.add(row)

    def remove(self, transaction_id: str) -> Row:
        row = self.find(transaction_id)
        if row is None:
            raise UnknownTransaction(transaction_id)
        if super().find(transaction_id):
            return super().remove(transaction_id)
        self._gone.add(transaction_id)
        return row

    def absorb(self, row: Row) -> list[str]:
        """Take a row the bank generated; all its copies change that no mutation touched."""
        known = self._base.find(f"{row.id[:HEAD]}{0:012x}")
        self._base = self._base.with_piece(cut(row._replace(created=known.created) if known else row))
        return self._untouched(row.id)

    def retire(self, transaction_id: str) -> list[str]:
        """The bank no longer has a generated row: its untouched copies go."""
        touched = self._untouched(transaction_id)
        self._base = self._base.without_piece(transaction_id[:HEAD])
        self._gone = {name for name in self._gone if not name.startswith(transaction_id[:HEAD])}
        return touched

    def _untouched(self, transaction_id: str) -> list[str]:
        names = (f"{transaction_id[:HEAD]}{copy:012x}" for copy in range(self.copies))
        return [name for name in names if name not in self._gone]

    def _overlay(
        self, date_from: str | None, date_to: str | None, created_from: str | None, after: Key | None
    ) -> list[tuple[Key, bytes]]:
        """Changed rows of the selection with their keys, newest first."""
        low = earliest(date_from) if date_from else ""
        high = latest(date_to) if date_to else LAST
        since = earliest(created_from) if created_from else ""
        return [
            ((row.date, row.id), row.body)
            for row in super().newest()
            if low <= row.date <= high
            and row.created >= since
            and (after is None or (row.date, row.id) < after)
        ]
