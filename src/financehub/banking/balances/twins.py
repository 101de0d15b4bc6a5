"""Rows that look like another row of the same account: a coffee bought twice, or a row shown twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from financehub.banking.balances.facts import Row, Step

DAYS_APART = 3

Twin = tuple[Row, Row, str, float]  # the later row, its elder, the hint, how likely it is a duplicate


def twins_of(step: Step) -> Iterator[Twin]:
    """Counted rows that came in this step and have an elder of the same amount nearby."""
    by_place: dict[tuple[int, date], list[Row]] = defaultdict(list)
    for row in step.rows:
        if row.counted and not row.is_manual:
            by_place[row.cents, row.day].append(row)
    for row in step.counted_news:
        if row.cents and not row.is_manual:
            near = (row.day + timedelta(days=apart) for apart in range(-DAYS_APART, DAYS_APART + 1))
            found = [
                _judged(row, other)
                for day in near
                for other in by_place[row.cents, day]
                if _is_elder(other, row)
            ]
            best = max(filter(None, found), key=lambda twin: twin[3], default=None)
            if best is not None:
                yield best


def _is_elder(other: Row, row: Row) -> bool:
    """Of two rows only the one that came second can be the copy; of one read, the greater id."""
    return (other.arrived, other.id) < (row.arrived, row.id)


def _judged(row: Row, other: Row) -> Twin | None:
    if row.provider_id and other.provider_id:
        return (row, other, "same_bank_id", 0.95) if row.provider_id == other.provider_id else None
    if row.parcel != other.parcel:
        return None
    if row.running_cents is not None and row.running_cents == other.running_cents:
        return row, other, "same_running_balance", 0.96
    apart = abs((row.day - other.day).days)
    if row.text != other.text:
        return (row, other, "same_amount_and_day", 0.03) if apart == 0 else None
    return row, other, "same_words", _likelihood(row, other, apart)


def _likelihood(row: Row, other: Row, apart: int) -> float:
    """Words and amount are equal; the instant, the day and coming in another read tell copies from coffees."""
    if apart:
        return 0.25 if apart == 1 else 0.1
    if _has_time(row):
        return 0.85 if row.occurred_at == other.occurred_at else 0.05
    return 0.65 if row.arrived != other.arrived else 0.5


def _has_time(row: Row) -> bool:
    return row.occurred_at is not None and bool(row.occurred_at.minute or row.occurred_at.second)
