"""Whether a bill is the sum of its rows; where it is not, how much is missing and what could explain it. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from financehub.banking.cards.billing_cycles import Charge, Cycle
from financehub.banking.cards.rows import CardRow, Kind

NEAR_THE_CLOSING = timedelta(days=5)


class Cause(StrEnum):
    """What explains a difference to the cent, or that nothing does."""

    NOT_COVERED = "not_covered"  # the bill begins before the first day whose rows were read
    PREVIOUS_UNKNOWN = "previous_unknown"  # the first bill we have: what it carries is not known
    NOT_CARRIED = "not_carried"  # this bill does not ask for what was left of the previous one
    PENDING = "pending"  # rows that the bank has not posted
    HIDDEN = "hidden"  # rows that a person deleted or the bank withdrew
    NEIGHBOUR = "neighbour"  # a row near the closing day that seems to be on the other bill
    DUPLICATE = "duplicate"  # equal rows of which the bank counts one less
    MISSING_ROWS = "missing_rows"  # the bill asks for more than its rows
    TOO_MANY_ROWS = "too_many_rows"


@dataclass(frozen=True)
class Explanation:
    """A cause, and the rows that are its evidence."""

    cause: Cause
    cents: int
    row_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class TotalCheck:
    """`expected` = carried + purchases + charges - refunds, in cents of debt. None where the bank says no total."""

    stated_cents: int | None
    carried_cents: int | None
    purchases_cents: int
    charges_cents: int
    refunds_cents: int
    explanations: tuple[Explanation, ...] = ()

    @property
    def own_cents(self) -> int:
        """What the bill's own rows add up to."""
        return self.purchases_cents + self.charges_cents - self.refunds_cents

    @property
    def expected_cents(self) -> int:
        return (self.carried_cents or 0) + self.own_cents

    @property
    def difference_cents(self) -> int:
        """What the bank asks for beyond the rows; 0 where it says no total."""
        return 0 if self.stated_cents is None else self.stated_cents - self.expected_cents

    @property
    def adds_up(self) -> bool:
        return self.stated_cents is not None and self.difference_cents == 0


@dataclass(frozen=True)
class Evidence:
    """The rows counted on a bill, and those around it that could explain a difference."""

    cycle: Cycle
    counted: Sequence[CardRow]
    pending: Sequence[CardRow] = ()
    hidden: Sequence[CardRow] = ()
    beside: Sequence[CardRow] = ()  # counted on the bills before and after
    suspects: Sequence[CardRow] = ()  # those within sums of `counted` that have the amount of a difference
    is_covered: bool = True  # whether rows of all its days were read

    @property
    def single(self) -> list[CardRow]:
        """The counted rows that can be pointed at."""
        return [*(row for row in self.counted if not row.is_sum), *self.suspects]


def check_total(
    evidence: Evidence, *, stated_cents: int | None, carried_cents: int | None, charges: Sequence[Charge]
) -> TotalCheck:
    """Add the bill up. `charges` are all of them, rows and those only the bill lists."""
    by_kind: Counter[Kind] = Counter()
    for row in evidence.counted:
        by_kind[row.kind] += row.debt_cents
    check = TotalCheck(
        stated_cents=stated_cents,
        carried_cents=carried_cents,
        purchases_cents=by_kind[Kind.PURCHASE],
        charges_cents=sum(charge.cents for charge in charges),
        refunds_cents=-by_kind[Kind.REFUND],
    )
    return replace(check, explanations=explain(evidence, check))


def charges_of(rows: Sequence[CardRow], listed: Sequence[Charge]) -> list[Charge]:
    """Every finance charge once: the rows', and those of the bill's list that no row of that amount tells."""
    told = [Charge(row.charge, row.debt_cents) for row in rows if row.kind == Kind.CHARGE]
    left = Counter(charge.cents for charge in told)
    only_listed = []
    for charge in listed:
        if left[charge.cents]:
            left[charge.cents] -= 1
        else:
            only_listed.append(charge)
    return told + only_listed


def explain(evidence: Evidence, check: TotalCheck) -> tuple[Explanation, ...]:
    """Every single cause that explains the whole difference; else that rows are missing or too many."""
    gap = check.difference_cents
    if not gap:
        return ()
    if not evidence.is_covered:
        return (Explanation(Cause.NOT_COVERED, gap),)
    found = [*_together(evidence, gap), *_at_the_closing(evidence, gap), *_twice(evidence, gap)]
    if check.carried_cents == -gap:
        found.insert(0, Explanation(Cause.NOT_CARRIED, gap))
    if check.carried_cents is None:
        found.append(Explanation(Cause.PREVIOUS_UNKNOWN, gap))
    if not found:
        found.append(Explanation(Cause.MISSING_ROWS if gap > 0 else Cause.TOO_MANY_ROWS, gap))
    return tuple(found)


def _together(evidence: Evidence, gap: int) -> list[Explanation]:
    """Rows left out: one of them is the difference, or all of them are."""
    found = []
    for cause, rows in ((Cause.PENDING, evidence.pending), (Cause.HIDDEN, evidence.hidden)):
        single = next((row for row in rows if row.debt_cents == gap), None)
        if single:
            found.append(Explanation(cause, gap, (single.id,)))
        elif rows and sum(row.debt_cents for row in rows) == gap:
            found.append(Explanation(cause, gap, tuple(row.id for row in rows)))
    return found


def _at_the_closing(evidence: Evidence, gap: int) -> list[Explanation]:
    cycle = evidence.cycle
    borders = (cycle.opens, cycle.closes)
    rows = [row for row in evidence.beside if row.debt_cents == gap]
    rows += [row for row in evidence.single if row.debt_cents == -gap]
    near = [row for row in rows if any(abs(row.day - border) <= NEAR_THE_CLOSING for border in borders)]
    return [Explanation(Cause.NEIGHBOUR, gap, (row.id,)) for row in near[:1]]


def _twice(evidence: Evidence, gap: int) -> list[Explanation]:
    alike: dict[tuple[object, ...], list[CardRow]] = {}
    for row in evidence.single:
        if row.debt_cents == -gap:
            alike.setdefault((row.day, row.description), []).append(row)
    twins = next((rows for rows in alike.values() if len(rows) > 1), None)
    return [Explanation(Cause.DUPLICATE, gap, tuple(row.id for row in twins))] if twins else []
