"""What was paid of a bill, told by which evidence, and the state that leaves it in. Pure.

The same payment is often told several times: by the bank's row, by the vendor's synthetic row and in the bill's own
list. Tellings are paired one to one by amount, so that each payment counts once and two equal payments count twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from financehub.banking.cards.billing_cycles import Payment
from financehub.banking.cards.rows import CardRow

SAME_PAYMENT = timedelta(days=5)  # between the bank's row and the vendor's synthetic one


class BillState(StrEnum):
    FUTURE = "future"
    OPEN = "open"
    CLOSED = "closed"  # waits to be paid, not late
    PAID = "paid"
    OVERPAID = "overpaid"
    PARTLY_PAID = "partly_paid"
    OVERDUE = "overdue"
    CARRIED = "carried"  # the next bill has closed and includes what was left
    UNKNOWN = "unknown"  # late, but this bank has never told of a payment, or was not read since


class Source(StrEnum):
    """Who tells of a payment."""

    ROW = "row"
    BILL = "bill"
    BOTH = "both"
    NEXT_BILL = "next_bill"  # nobody does, but the next bill asks for nothing of this one


@dataclass(frozen=True)
class Paid:
    """One payment of a bill. `row_ids` are the rows that tell of it."""

    day: date | None
    cents: int
    source: Source
    row_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Debt:
    """What deciding a bill's state needs. `known_until` is the last day the bank was read."""

    total_cents: int
    minimum_cents: int | None
    due: date
    next_has_closed: bool
    payments_are_told: bool
    known_until: date


def payments_of(rows: Iterable[CardRow], listed: Sequence[Payment]) -> list[Paid]:
    """Each payment once, oldest first. `rows` are posted payment rows, `listed` is what the bill itself lists."""
    unmatched = list(listed)
    paid = []
    for group in _distinct(rows):
        row = group[0]
        twin = _nearest(row, unmatched)
        if twin:
            unmatched.remove(twin)
        told_by = Source.BOTH if twin else Source.ROW
        paid.append(Paid(row.day, row.cents, told_by, tuple(one.id for one in group)))
    paid += [Paid(one.day, one.cents, Source.BILL) for one in unmatched]
    return sorted(paid, key=lambda one: (one.day or date.max, one.cents))


def is_tellings_of_one(first: CardRow, second: CardRow) -> bool:
    """A bank's row and the vendor's synthetic one of the same payment."""
    if first.is_synthetic_payment == second.is_synthetic_payment or first.cents != second.cents:
        return False
    return abs(first.day - second.day) <= SAME_PAYMENT


def split_at_total(paid: Sequence[Paid], total_cents: int) -> tuple[list[Paid], list[Paid]]:
    """The payments that a bill took, and those made once it was settled: they anticipate the next one."""
    taken, cents = 0, 0
    while taken < len(paid) and cents < total_cents:
        cents += paid[taken].cents
        taken += 1
    return list(paid[:taken]), list(paid[taken:])


def state_of(debt: Debt, paid_cents: int) -> BillState:
    """The state of a closed bill."""
    left = debt.total_cents - paid_cents
    if left < 0 < paid_cents and debt.total_cents > 0:
        return BillState.OVERPAID
    if left <= 0:
        return BillState.PAID
    if debt.next_has_closed:
        return BillState.CARRIED if debt.payments_are_told else BillState.UNKNOWN
    if debt.known_until > last_day_to_pay(debt.due):
        return _late(debt, paid_cents)
    return BillState.PARTLY_PAID if paid_cents > 0 else BillState.CLOSED


def _late(debt: Debt, paid_cents: int) -> BillState:
    if not debt.payments_are_told:
        return BillState.UNKNOWN
    enough = debt.minimum_cents is not None and paid_cents >= debt.minimum_cents
    return BillState.PARTLY_PAID if paid_cents > 0 and enough else BillState.OVERDUE


def last_day_to_pay(due: date) -> date:
    """A bill due on a weekend may be paid on the Monday after."""
    return due + timedelta(days=max(0, 7 - due.weekday()) if due.weekday() >= 5 else 0)


def _distinct(rows: Iterable[CardRow]) -> list[list[CardRow]]:
    groups: list[list[CardRow]] = []
    for row in sorted(rows, key=lambda one: (one.is_synthetic_payment, one.day, one.id)):
        alone = (one for one in groups if len(one) == 1 and is_tellings_of_one(one[0], row))
        group = min(alone, key=lambda one: abs(one[0].day - row.day), default=None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def _nearest(row: CardRow, listed: Sequence[Payment]) -> Payment | None:
    same = [one for one in listed if one.cents == row.cents]
    return min(same, key=lambda one: abs(((one.day or row.day) - row.day).days), default=None)
