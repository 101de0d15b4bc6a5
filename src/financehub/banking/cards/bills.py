"""A card's bills, each with its rows, what it carries, what was paid of it and the state it is in. Pure.

A payment belongs to the bill it pays: the last one that had closed when it was made. Rows that repeat the previous
bill's debt are shown and never added: what is carried is the previous total less what was paid of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from financehub.banking.cards import checking, paying
from financehub.banking.cards.billing_cycles import Bill, CardDays, Charge, Cycle, Cycles, Rule, cycles_of
from financehub.banking.cards.checking import Evidence, TotalCheck
from financehub.banking.cards.paying import BillState, Debt, Paid, Source
from financehub.banking.cards.rows import CardRow, Hidden, Kind

NOT_CHECKED = TotalCheck(None, None, 0, 0, 0)


@dataclass(frozen=True)
class PlacedRow:
    """A row on a bill, and why it is there."""

    row: CardRow
    rule: Rule


@dataclass(frozen=True)
class CardNow:
    """The card besides its bills and rows.

    `known_until` is the last day the bank was read, `covered_from` the first day whose rows were (None: all were),
    `balance_cents` what the bank says is owed (None when it does not).
    """

    days: CardDays
    today: date
    known_until: date
    balance_cents: int | None = None
    covered_from: date | None = None


@dataclass
class BillSheet:
    """One bill. Cents are debts: positive is to be paid."""

    cycle: Cycle
    state: BillState = BillState.FUTURE
    rows: list[PlacedRow] = field(default_factory=list)
    repeated: list[PlacedRow] = field(default_factory=list)  # carry-over rows, added nowhere
    payments: list[Paid] = field(default_factory=list)
    anticipated: list[Paid] = field(default_factory=list)  # paid after this bill was settled
    unconfirmed: list[PlacedRow] = field(default_factory=list)  # pending payments: they pay nothing yet
    charges: list[Charge] = field(default_factory=list)
    scheduled_cents: int = 0  # of rows dated after today
    check: TotalCheck = NOT_CHECKED
    so_far: TotalCheck | None = None  # of the open bill: rows until today against the bank's balance

    @property
    def month(self) -> date:
        return self.cycle.month

    @property
    def row_count(self) -> int:
        return sum(one.row.count for one in self.rows)

    @property
    def total_cents(self) -> int:
        """What it asks for: the bank's word for a bill it has closed, else its rows and an older credit."""
        if self.cycle.bill:
            return self.cycle.bill.total_cents
        return self.check.own_cents + min(0, self.check.carried_cents or 0)

    @property
    def so_far_cents(self) -> int:
        """The total without what is dated after today."""
        return self.total_cents - self.scheduled_cents

    @property
    def paid_cents(self) -> int:
        return sum(payment.cents for payment in self.payments)

    @property
    def left_cents(self) -> int:
        """Still to be paid; nothing once another bill includes it or where nobody tells of payments."""
        if self.state in {BillState.CARRIED, BillState.UNKNOWN}:
            return 0
        return max(0, self.total_cents - self.paid_cents)


def sheets_of(
    rows: Iterable[CardRow],
    bills: Sequence[Bill],
    now: CardNow,
    *,
    months: Iterable[date] = (),
    suspects: Iterable[CardRow] = (),
) -> list[BillSheet]:
    """Every bill of a card that has rows, a total, or is open; oldest first. `months` are wanted besides.

    `suspects` are rows that `rows` hold within sums, and that may explain a difference.
    """
    rows = list(rows)
    cycles = cycles_of(bills, now.days, today=now.today, needed=[*_days(rows), *months])
    made = _Statement(cycles, now)
    for row in rows:
        made.add(row)
    for row in suspects:
        made.suspect(row)
    return made.sheets()


def _days(rows: Iterable[CardRow]) -> Iterable[date]:
    for row in rows:
        yield row.day
        yield from filter(None, (row.forecast_month, row.own_bill_month))


class _Statement:
    """Sheets while they are being made: rows first, then sums from the oldest to the newest."""

    def __init__(self, cycles: Cycles, now: CardNow) -> None:
        self._cycles, self._now = cycles, now
        self._sheets = [BillSheet(cycle) for cycle in cycles.all]
        self._at = {cycle.closes: place for place, cycle in enumerate(cycles.all)}
        self._hidden: dict[int, list[CardRow]] = defaultdict(list)
        self._pending: dict[int, list[CardRow]] = defaultdict(list)
        self._paying: dict[int, list[CardRow]] = defaultdict(list)
        self._suspects: dict[int, list[CardRow]] = defaultdict(list)

    def suspect(self, row: CardRow) -> None:
        placement = self._cycles.place(row)
        if placement is not None:
            self._suspects[self._at[placement.cycle.closes]].append(row)

    def add(self, row: CardRow) -> None:
        placement = self._cycles.place(row)
        if placement is None:
            return
        place = self._at[placement.cycle.closes]
        if row.kind == Kind.PAYMENT:
            self._add_payment(row, place, placement.rule)
        elif row.hidden != Hidden.NO:
            self._hidden[place].append(row)
        elif row.kind == Kind.CARRIED:
            self._sheets[place].repeated.append(PlacedRow(row, placement.rule))
        else:
            self._sheets[place].rows.append(PlacedRow(row, placement.rule))

    def _add_payment(self, row: CardRow, place: int, rule: Rule) -> None:
        if row.hidden != Hidden.NO:
            return
        if rule != Rule.PERSON and row.day < self._sheets[place].cycle.closes:
            place -= 1
        if row.is_pending:
            self._sheets[max(0, place)].unconfirmed.append(PlacedRow(row, rule))
        else:
            self._paying[place].append(row)

    def sheets(self) -> list[BillSheet]:
        told = any(self._paying.values()) or any(s.cycle.bill and s.cycle.bill.payments for s in self._sheets)
        for place in range(len(self._sheets)):
            self._sum(place)
            self._settle(place, payments_are_told=told)
        return [sheet for place, sheet in enumerate(self._sheets) if self._is_worth_showing(place)]

    def _is_worth_showing(self, place: int) -> bool:
        sheet = self._sheets[place]
        is_open = sheet.state == BillState.OPEN
        said = sheet.rows or sheet.repeated or sheet.payments or sheet.unconfirmed
        return bool(said or sheet.cycle.bill or is_open)

    def _sum(self, place: int) -> None:
        sheet = self._sheets[place]
        bill = sheet.cycle.bill
        sheet.rows.sort(key=lambda one: (one.row.day, one.row.id))
        counted = [one.row for one in sheet.rows if self._counts(sheet, one)]
        sheet.scheduled_cents = sum(row.debt_cents for row in counted if row.day > self._now.today)
        sheet.charges = checking.charges_of(counted, bill.charges if bill else ())
        evidence = Evidence(
            sheet.cycle,
            counted,
            pending=[one.row for one in sheet.rows if not self._counts(sheet, one)],
            hidden=self._hidden[place],
            beside=self._beside(place),
            suspects=self._suspects[place],
            is_covered=self._now.covered_from is None or self._now.covered_from <= sheet.cycle.opens,
        )
        carried = self._carried(place)
        stated = bill.total_cents if bill else None
        sheet.check = _check(sheet, evidence, stated, carried)
        if bill and carried and sheet.check.difference_cents == -carried:
            self._settled_silently(place, evidence)
        if self._is_open(sheet.cycle) and carried is not None:
            sheet.so_far = self._so_far(sheet, evidence, carried)

    def _so_far(self, sheet: BillSheet, evidence: Evidence, carried: int) -> TotalCheck:
        """The open bill against the card's balance, which some banks tell without the previous bill."""
        today = self._now.today
        until_now = replace(evidence, counted=[row for row in evidence.counted if row.day <= today])
        check = _check(sheet, until_now, self._now.balance_cents, carried)
        without = _check(sheet, until_now, self._now.balance_cents, 0)
        return without if without.adds_up else check

    def _counts(self, sheet: BillSheet, one: PlacedRow) -> bool:
        """A pending row is no part of a bill that has closed, unless the bank or a person put it there."""
        is_named = one.rule in {Rule.BILL, Rule.PERSON}
        return not one.row.is_pending or sheet.cycle.bill is None or is_named

    def _is_open(self, cycle: Cycle) -> bool:
        return cycle.opens <= self._now.today < cycle.closes

    def _carried(self, place: int) -> int | None:
        """The previous bill's total less everything paid of it; what carry-over rows say where it is not known."""
        previous = self._sheets[place - 1] if place else None
        if previous and (previous.cycle.bill or previous.check.carried_cents is not None):
            paid = previous.payments + previous.anticipated
            return self._owed(previous) - sum(payment.cents for payment in paid)
        repeated = self._sheets[place].repeated
        return sum(one.row.debt_cents for one in repeated) if repeated else None

    def _owed(self, sheet: BillSheet) -> int:
        return sheet.cycle.bill.total_cents if sheet.cycle.bill else sheet.check.expected_cents

    def _settled_silently(self, place: int, evidence: Evidence) -> None:
        """No row tells of a payment, but this bill asks for nothing of the previous one: it was paid."""
        previous = self._sheets[place - 1]
        if previous.payments or previous.anticipated:
            return
        previous.payments = [Paid(None, self._owed(previous), Source.NEXT_BILL)]
        previous.state = BillState.PAID
        sheet = self._sheets[place]
        sheet.check = _check(sheet, evidence, sheet.total_cents, 0)

    def _beside(self, place: int) -> list[CardRow]:
        near = [at for at in (place - 1, place + 1) if 0 <= at < len(self._sheets)]
        rows = [one.row for at in near for one in self._sheets[at].rows if not one.row.is_sum]
        return [*rows, *(row for at in near for row in self._suspects[at])]

    def _settle(self, place: int, *, payments_are_told: bool) -> None:
        sheet, now = self._sheets[place], self._now
        bill = sheet.cycle.bill
        told = paying.payments_of(self._paying[place], bill.payments if bill else ())
        if sheet.cycle.closes > now.today:
            sheet.state = BillState.OPEN if self._is_open(sheet.cycle) else BillState.FUTURE
            sheet.payments = told
            return
        sheet.payments, sheet.anticipated = paying.split_at_total(told, sheet.total_cents)
        following = self._sheets[place + 1].cycle if place + 1 < len(self._sheets) else None
        debt = Debt(
            total_cents=sheet.total_cents,
            minimum_cents=bill.minimum_cents if bill else None,
            due=sheet.cycle.due,
            next_has_closed=following is not None and following.closes <= now.today,
            payments_are_told=payments_are_told and bill is not None,
            known_until=now.known_until,
        )
        sheet.state = paying.state_of(debt, sheet.paid_cents)


def _check(sheet: BillSheet, evidence: Evidence, stated: int | None, carried: int | None) -> TotalCheck:
    return checking.check_total(evidence, stated_cents=stated, carried_cents=carried, charges=sheet.charges)
