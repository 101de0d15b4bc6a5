"""Running balances: where the bank's own column jumps, something lies between two rows.

Each row leads from `running - amount` to `running`. Rows of a day come in no certain order, so ends and beginnings
are matched as multisets; what is left over, in the order of days, are the jumps.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from financehub.banking.balances.facts import Row


@dataclass(frozen=True)
class Hole:
    """The bank's column moves by `cents` between two rows that are shown one after the other."""

    cents: int
    before: Row
    after: Row

    @property
    def key(self) -> str:
        return f"hole:{self.before.id}:{self.after.id}"


def holes(rows: Sequence[Row]) -> list[Hole]:
    """Every jump of the column, oldest first."""
    ordered = [row for row in in_order(rows) if row.running_cents is not None]
    beginnings = _left_over(ordered, _before, _after)
    ends = _left_over(ordered, _after, _before)
    pairs = zip(ends[:-1], beginnings[1:], strict=False)
    return [
        Hole(_before(begins) - _after(ended), ended, begins)
        for ended, begins in pairs
        if _before(begins) != _after(ended)
    ]


def end_of(rows: Sequence[Row]) -> Row | None:
    """The row that the column ends with: where nothing begins again, or the last one shown."""
    ordered = [row for row in in_order(rows) if row.running_cents is not None]
    ends = _left_over(ordered, _after, _before)
    return ends[-1] if ends else (ordered[-1] if ordered else None)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """From the oldest day; within a day as they came."""
    return sorted(rows, key=lambda row: row.day)


def _left_over(rows: Sequence[Row], take: Callable[[Row], int], met: Callable[[Row], int]) -> list[Row]:
    """Rows whose `take` meets no other row's `met`; of equal values the outermost rows stay."""
    open_values = Counter(map(take, rows)) - Counter(map(met, rows))
    left: list[Row] = []
    for row in rows if take is _before else reversed(rows):
        if open_values[take(row)] > 0:
            open_values[take(row)] -= 1
            left.append(row)
    return left if take is _before else left[::-1]


def _before(row: Row) -> int:
    return (row.running_cents or 0) - row.cents


def _after(row: Row) -> int:
    return row.running_cents or 0
