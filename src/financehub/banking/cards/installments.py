"""A plan per purchase in parcelas: which have come, which are still to come, when and how much. Pure.

A plan is derived from rows and stored nowhere, so it costs no write, and the same rows give the same plans in
whatever order they came. What is still to come is a forecast and never a row. Evidence that two rows are of one
purchase: N, the moment or day of purchase, the description without its n/N, the amount, the month of the first
parcela, and the card's last four digits, which a reissued card changes and which therefore only decide between equals.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from heapq import merge
from itertools import groupby, takewhile
from uuid import UUID

from financehub.banking.cards import texts
from financehub.banking.cards.billing_cycles import later
from financehub.banking.cards.rows import CardRow, Hidden

ALIKE = (11, 10)  # amounts within a tenth of each other
ALIKE_ON_ONE_DAY = (2, 1)  # with one day of purchase, up to twice as much
SILENT_BILLS = 2  # so many bills without an expected parcela, and no more are forecast
MOST_PARCELAS = 99

Distance = tuple[bool, bool, int, int]  # other words, another card, cents, months between the first parcelas
NO_DISTANCE: Distance = (False, False, 0, 0)
FARTHEST: Distance = (True, True, 1 << 60, 0)


class ParcelState(StrEnum):
    HERE = "here"  # a row
    FORECAST = "forecast"
    NOT_SEEN = "not_seen"  # of a bill that has closed without it, or older than our rows


@dataclass(frozen=True)
class Parcel:
    """Number n of N. `cents` is a debt; `month` is the bill's, by its first day."""

    number: int
    month: date
    cents: int
    state: ParcelState
    row_id: UUID | None = None


@dataclass(frozen=True)
class DatedRow:
    """A parcela's row, and the month of the bill it is on."""

    row: CardRow
    month: date

    @cached_property
    def words(self) -> str:
        """What all parcelas of the purchase say."""
        return texts.stem(self.row.description)

    @cached_property
    def first(self) -> int:
        """The month of parcela 1, counted from year 0."""
        return self.month.year * 12 + self.month.month - (self.row.installment or (1, 1))[0]


@dataclass(frozen=True)
class Plan:
    """A purchase in parcelas, all N of them in order. `key` names it as long as its first row stays."""

    key: UUID
    account_id: UUID
    description: str
    last4: str
    purchase_day: date | None
    parcels: tuple[Parcel, ...]
    is_cancelled: bool = False

    @property
    def count(self) -> int:
        return len(self.parcels)

    @property
    def total_cents(self) -> int:
        return sum(parcel.cents for parcel in self.parcels)

    @property
    def forecast(self) -> list[Parcel]:
        return [parcel for parcel in self.parcels if parcel.state == ParcelState.FORECAST]

    def left_cents(self, month: date) -> int:
        """What falls due in that month or later."""
        return sum(parcel.cents for parcel in self.coming(month))

    def coming(self, month: date) -> list[Parcel]:
        """Parcelas here or forecast on bills of that month or later."""
        return [one for one in self.parcels if one.month >= month and one.state != ParcelState.NOT_SEEN]


@dataclass(frozen=True)
class Committed:
    """What parcelas already take of a month, over all cards: rows that are here, and forecasts."""

    month: date
    here_cents: int
    forecast_cents: int

    @property
    def cents(self) -> int:
        return self.here_cents + self.forecast_cents


@dataclass
class _Draft:
    """A plan while rows are being gathered, by number; `any` is the first of them."""

    any: DatedRow
    rows: dict[int, DatedRow] = field(default_factory=dict)


class _Drafts:
    """The drafts of one N, found by what their rows could have in common: the words or the day of purchase.

    Rows come in the order of their number, so what still lacks a number is known, and of many equal purchases
    the first one ends the search.
    """

    def __init__(self) -> None:
        self.all: list[_Draft] = []
        self._alike: dict[object, list[int]] = defaultdict(list)
        self._number = 0
        self._lacking: dict[object, dict[int, None]] = {}  # the present number; in the order of their places

    def add(self, dated: DatedRow) -> None:
        number, _ = dated.row.installment or (0, 0)
        if number != self._number:
            self._number, self._lacking = number, {}
        place = self._nearest(dated)
        if place is not None:
            self._give(place, dated)
        elif not self._was_told(dated):
            self._begin(dated)

    def _nearest(self, dated: DatedRow) -> int | None:
        """Of the drafts without this number that the row fits, the likeliest; the first of equals."""
        nearest, least = None, FARTHEST
        for place in merge(*(self._without(key) for key in _keys(dated))):
            draft = self.all[place]
            if _fits(dated, draft) and (distance := _distance(dated, draft)) < least:
                nearest, least = place, distance
                if distance == NO_DISTANCE:
                    break
        return nearest

    def _without(self, key: object) -> dict[int, None]:
        if key not in self._lacking:
            lacking = (place for place in self._alike[key] if self._number not in self.all[place].rows)
            self._lacking[key] = dict.fromkeys(lacking)
        return self._lacking[key]

    def _give(self, place: int, dated: DatedRow) -> None:
        draft = self.all[place]
        for key in _keys(draft.any):
            self._without(key).pop(place, None)
        draft.rows[self._number] = dated

    def _was_told(self, dated: DatedRow) -> bool:
        if not dated.row.is_pending:
            return False
        near = {place for key in _keys(dated) for place in self._alike[key]}
        fitting = [draft for draft in (self.all[place] for place in near) if _fits(dated, draft)]
        return any(_is_told_again(dated, draft.rows[self._number]) for draft in fitting)

    def _begin(self, dated: DatedRow) -> None:
        for key in _keys(dated):
            self._alike[key].append(len(self.all))
        self.all.append(_Draft(dated, {self._number: dated}))


def _keys(dated: DatedRow) -> set[object]:
    day = dated.row.purchase_day
    return {dated.words, *([day] if day else [])}


def plans_of(
    account_id: UUID, rows: Iterable[DatedRow], *, open_month: date, refunds: Iterable[CardRow] = ()
) -> list[Plan]:
    """Every plan of a card, the latest purchase first. `open_month` is that of the bill open now."""
    drafts: list[_Draft] = []
    for _, of_one_count in groupby(sorted(filter(is_parcel, rows), key=_order), key=_count):
        gathered = _Drafts()
        for row in of_one_count:
            gathered.add(row)
        drafts += gathered.all
    back = sorted((row for row in refunds if row.hidden == Hidden.NO), key=_cents)
    plans = [_plan(account_id, draft, open_month, back) for draft in drafts]
    return sorted(plans, key=lambda plan: (plan.parcels[0].month, str(plan.key)), reverse=True)


def is_parcel(dated: DatedRow) -> bool:
    """Whether a row is number n of N, 1 <= n <= N, and there."""
    row = dated.row
    if row.installment is None or row.hidden != Hidden.NO or not row.cents:
        return False
    number, count = row.installment
    return 1 <= number <= count <= MOST_PARCELAS and count > 1


def committed(plans: Iterable[Plan], *, from_month: date, months: int) -> list[Committed]:
    """The months from `from_month` on, also those with nothing."""
    wanted = [later(from_month, step) for step in range(months)]
    here, forecast = dict.fromkeys(wanted, 0), dict.fromkeys(wanted, 0)
    for plan in plans:
        for parcel in plan.coming(from_month):
            sums = here if parcel.state == ParcelState.HERE else forecast
            if parcel.month in sums:
                sums[parcel.month] += parcel.cents
    return [Committed(month, here[month], forecast[month]) for month in wanted]


def _count(dated: DatedRow) -> int:
    return (dated.row.installment or (0, 0))[1]


def _order(dated: DatedRow) -> tuple[object, ...]:
    row = dated.row
    number, count = row.installment or (0, 0)
    return count, number, row.is_pending, row.day, row.cents, row.description, row.id


def _is_told_again(dated: DatedRow, known: DatedRow) -> bool:
    """A pending row of what is posted already: the bank has not taken it away yet."""
    one, other = dated.row, known.row
    return one.is_pending and not other.is_pending and one.cents == other.cents and dated.month == known.month


def _fits(dated: DatedRow, draft: _Draft) -> bool:
    one, other = dated.row, draft.any.row
    if (one.cents > 0) != (other.cents > 0):
        return False
    same_words = dated.words == draft.any.words
    if one.purchase_day and other.purchase_day:
        if one.purchase_day != other.purchase_day:
            return False
        return _is_alike(one, other, ALIKE_ON_ONE_DAY) if same_words else _is_equal(one, other)
    near = abs(dated.first - draft.any.first) <= 1
    return same_words and (near or _is_brought_forward(dated, draft)) and _is_alike(one, other, ALIKE)


def _is_brought_forward(dated: DatedRow, draft: _Draft) -> bool:
    """Paid in advance: on the same bill as the parcela before it."""
    before = draft.rows.get((dated.row.installment or (0, 0))[0] - 1)
    return before is not None and before.month == dated.month


def _is_alike(one: CardRow, other: CardRow, ratio: tuple[int, int]) -> bool:
    low, high = sorted((abs(one.cents), abs(other.cents)))
    return _is_equal(one, other) or high * ratio[1] <= low * ratio[0]


def _is_equal(one: CardRow, other: CardRow) -> bool:
    """Apart by no more than the cents that dividing by N leaves over."""
    return abs(one.cents - other.cents) <= (one.installment or (0, 0))[1]


def _distance(dated: DatedRow, draft: _Draft) -> Distance:
    one, other = dated.row, draft.any
    return (
        dated.words != other.words,
        one.last4 != other.row.last4,
        min(abs(one.cents - known.row.cents) for known in draft.rows.values()),
        abs(dated.first - other.first),
    )


def _plan(account_id: UUID, draft: _Draft, open_month: date, refunds: Sequence[CardRow]) -> Plan:
    first = draft.rows[min(draft.rows)]
    count = _count(first)
    is_cancelled = _is_given_back(draft, count, refunds)
    is_silent = is_cancelled or _is_silent(draft, count, open_month)
    expected = _expected(draft, count)
    parcels = []
    for number in range(1, count + 1):
        dated = draft.rows.get(number)
        month = _month(draft, number)
        if dated:
            parcels.append(Parcel(number, month, -dated.row.cents, ParcelState.HERE, dated.row.id))
        else:
            comes = month >= open_month and number > min(draft.rows) and not is_silent
            state = ParcelState.FORECAST if comes else ParcelState.NOT_SEEN
            parcels.append(Parcel(number, month, expected[number], state))
    return Plan(
        key=first.row.id,
        account_id=account_id,
        description=texts.shown_stem(first.row.description),
        last4=first.row.last4,
        purchase_day=first.row.purchase_day,
        parcels=tuple(parcels),
        is_cancelled=is_cancelled,
    )


def _month(draft: _Draft, number: int) -> date:
    """As the nearest parcela that is here says, the one before rather than the one after."""
    before = [known for known in draft.rows if known <= number]
    nearest = max(before) if before else min(draft.rows)
    return later(draft.rows[nearest].month, number - nearest)


def _expected(draft: _Draft, count: int) -> dict[int, int]:
    """Amounts of those that are not here: what is left of a known total, else the last one's."""
    missing = [number for number in range(1, count + 1) if number not in draft.rows]
    if not missing:
        return {}
    here = sum(-dated.row.cents for dated in draft.rows.values())
    total = next((one.row.purchase_cents for one in draft.rows.values() if one.row.purchase_cents), None)
    if total and here > 0 and total > here:
        each, rest = divmod(total - here, len(missing))
        return {number: each + (rest if number == missing[0] else 0) for number in missing}
    last = -draft.rows[max(draft.rows)].row.cents
    return dict.fromkeys(missing, last)


def _is_silent(draft: _Draft, count: int, open_month: date) -> bool:
    """The last bills that closed should each have had a parcela, and none had."""
    last = max(draft.rows)
    silent = [n for n in range(last + 1, count + 1) if _month(draft, n) < open_month]
    return len(silent) >= SILENT_BILLS


def _is_given_back(draft: _Draft, count: int, refunds: Sequence[CardRow]) -> bool:
    """Whether a refund returns the whole purchase. `refunds` are sorted by amount."""
    row = draft.any.row
    if row.cents > 0:
        return False
    whole = row.purchase_cents or abs(draft.rows[max(draft.rows)].row.cents) * count
    bought, words = row.purchase_day or row.day, draft.any.words
    near = refunds[bisect_left(refunds, whole - count, key=_cents) :]
    return any(
        refund.cents > 0 and refund.day >= bought and words in texts.stem(refund.description)
        for refund in takewhile(lambda refund: refund.cents <= whole + count, near)
    )


def _cents(row: CardRow) -> int:
    return row.cents
