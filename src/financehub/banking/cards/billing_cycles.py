"""A card's bills as spans of days, and which of them a row belongs to and why. Pure.

A person's word comes first, then the bill that the bank names, then the month it forecasts, and last the day: a row
dated on the closing day or after it is on the next bill.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from financehub.banking.cards.rows import CardRow

USUAL_GAP = timedelta(days=7)  # from closing to due, where no bill says both
SAME_CLOSING = timedelta(days=10)  # closings nearer than this are one
MISSING_BILL = timedelta(days=45)  # between two dues; then there was one more
MONTHS_BACK, MONTHS_AHEAD = 36, 120


class Rule(StrEnum):
    """Why a row is on its bill."""

    PERSON = "person"
    BILL = "bill"
    FORECAST = "forecast"
    CYCLE = "cycle"


@dataclass(frozen=True)
class Payment:
    """A payment that the bank lists on a bill."""

    day: date | None
    cents: int


@dataclass(frozen=True)
class Charge:
    """A finance charge that the bank lists on a bill, or a row that is one."""

    type: str
    cents: int


@dataclass(frozen=True)
class Bill:
    """A bill as the bank closed it."""

    pluggy_id: str
    due: date
    total_cents: int
    closes: date | None = None
    minimum_cents: int | None = None
    payments: tuple[Payment, ...] = ()
    charges: tuple[Charge, ...] = ()


@dataclass(frozen=True)
class Cycle:
    """The days of one bill: from `opens` to the day before `closes`. `bill` is there once the bank lists it."""

    opens: date
    closes: date
    due: date
    bill: Bill | None = None

    @property
    def month(self) -> date:
        """The month it falls due in, by its first day: what people call the bill."""
        return self.due.replace(day=1)


@dataclass(frozen=True)
class Placement:
    """Where a row is, and by which rule."""

    cycle: Cycle
    rule: Rule


@dataclass(frozen=True)
class Cycles:
    """All cycles of a card, oldest first, without gaps."""

    all: Sequence[Cycle] = field(default_factory=tuple)

    @cached_property
    def _closings(self) -> list[date]:
        return [cycle.closes for cycle in self.all]

    @cached_property
    def _by_month(self) -> dict[date, Cycle]:
        return {cycle.month: cycle for cycle in self.all}

    @cached_property
    def _by_bill(self) -> dict[str, Cycle]:
        return {cycle.bill.pluggy_id: cycle for cycle in self.all if cycle.bill}

    def on(self, day: date) -> Cycle | None:
        """The cycle that a day falls in; none for days before the first or after the last."""
        place = bisect_right(self._closings, day)
        if place == len(self.all) or day < self.all[place].opens:
            return None
        return self.all[place]

    def due_in(self, month: date) -> Cycle | None:
        return self._by_month.get(month)

    def place(self, row: CardRow) -> Placement | None:
        """The bill of a row. None for a row outside every cycle."""
        found = [
            (Rule.PERSON, self._by_month.get(row.own_bill_month) if row.own_bill_month else None),
            (Rule.BILL, self._by_bill.get(row.bill_pluggy_id) if row.bill_pluggy_id else None),
            (Rule.FORECAST, self._by_month.get(row.forecast_month) if row.forecast_month else None),
            (Rule.CYCLE, self.on(row.day)),
        ]
        return next((Placement(cycle, rule) for rule, cycle in found if cycle), None)


@dataclass(frozen=True)
class CardDays:
    """What the account says of its present bill; either may be unknown."""

    closes: date | None
    due: date | None


def cycles_of(bills: Iterable[Bill], days: CardDays, *, today: date, needed: Iterable[date] = ()) -> Cycles:
    """The cycles from the first to the last day in `needed`, and at least until the bill that is open today.

    Bills of the bank are exact; between and around them a month is a month. With no evidence at all a bill is a
    calendar month, due ten days later.
    """
    known = _with_present(_known(bills), days) or [_calendar_month(today)]
    wanted = [today, *needed]
    first = max(min(wanted), later(today, -MONTHS_BACK))
    last = min(max(wanted), later(today, MONTHS_AHEAD))
    spans = _before(known[0], first) + _filled(known) + _after(known[-1], max(last, today))
    opens = [later(spans[0].closes, -1), *(span.closes for span in spans[:-1])]
    return Cycles(tuple(Cycle(start, s.closes, s.due, s.bill) for start, s in zip(opens, spans, strict=True)))


def later(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where there is no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class _Span:
    closes: date
    due: date
    bill: Bill | None = None

    def moved(self, months: int) -> "_Span":
        return _Span(later(self.closes, months), later(self.due, months))


def _known(bills: Iterable[Bill]) -> list[_Span]:
    listed = sorted(bills, key=lambda bill: (bill.due, bill.pluggy_id))
    gaps = [bill.due - bill.closes for bill in listed if bill.closes]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else USUAL_GAP
    spans: list[_Span] = []
    for bill in listed:
        closes = bill.closes or bill.due - usual
        if not spans or closes > spans[-1].closes:
            spans.append(_Span(closes, bill.due, bill))
    return spans


def _with_present(spans: list[_Span], days: CardDays) -> list[_Span]:
    """The account's own closing day, unless it is that of a bill we have."""
    if days.closes is None and days.due is None:
        return spans
    usual = spans[-1].due - spans[-1].closes if spans else USUAL_GAP
    due = days.due or (days.closes or date.min) + usual
    closes = days.closes or due - usual
    if due < closes:
        due = later(due, 1)
    if spans and closes < spans[-1].closes + SAME_CLOSING:
        return spans
    return [*spans, _Span(closes, due)]


def _calendar_month(today: date) -> _Span:
    closes = later(today.replace(day=1), 1)
    return _Span(closes, closes + timedelta(days=9))


def _filled(known: list[_Span]) -> list[_Span]:
    filled = known[:1]
    for span in known[1:]:
        base, months = filled[-1], 1
        while span.due - later(base.due, months - 1) > MISSING_BILL and months < MONTHS_BACK:
            months += 1
        between = (base.moved(step) for step in range(1, months))
        filled += [made for made in between if base.closes < made.closes < span.closes]
        filled.append(span)
    return filled


def _before(first: _Span, day: date) -> list[_Span]:
    spans: list[_Span] = []
    months = -1
    while later(first.closes, months) > day:
        spans.append(first.moved(months))
        months -= 1
    return spans[::-1]


def _after(last: _Span, day: date) -> list[_Span]:
    spans = [last]
    while spans[-1].closes <= day:
        spans.append(last.moved(len(spans)))
    return spans[1:]
