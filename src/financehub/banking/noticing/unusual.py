"""Spending out of the ordinary: a new expense far above what the company spends at that place, or on that category.

Cautious on purpose. It speaks only where the company's own rows of half a year say what is usual, and only of an
amount that is beyond the largest of them: a rent among coffees is as regular as the coffees.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from django.db.models import F, Q, TextField
from django.db.models.functions import Coalesce

from financehub.banking import overflow
from financehub.banking.identity.clues import normalised
from financehub.banking.identity.transfers import INTERNAL_CATEGORY, speaks_of_own_money
from financehub.banking.listing import in_categories
from financehub.banking.models import Account, Sync, Transaction
from financehub.banking.models.transactions import TransactionQuerySet
from financehub.banking.reports import CURRENCY, MOVES_BETWEEN_OWN
from financehub.companies.models import Company
from financehub.core import clock

RECENT = timedelta(days=4)  # what is older is history that a bank shows late
LOOK_BACK = timedelta(days=182)
REACH = timedelta(days=90)  # a habit that is younger is none
ENOUGH_ROWS = 8
MINIMUM_CENTS = 200_00
TIMES_USUAL = 3
DEVIATIONS = 8  # of the median absolute deviation: five standard deviations of a normal spread
MARKS = ("counterparty_index", "merchant_name", "counterparty_name", "description")  # the surest first
MOST = 5  # of one Sync, the largest first


@dataclass(frozen=True)
class Habit:
    """What is usual somewhere: the middle, how far rows lie from it, the largest; positive cents."""

    usual_cents: int
    spread_cents: int
    largest_cents: int

    def is_broken_by(self, cents: int) -> bool:
        """Half as much again as ever before, and far from the middle by any measure."""
        return (
            2 * cents > 3 * self.largest_cents
            and cents >= TIMES_USUAL * self.usual_cents
            and cents >= self.usual_cents + DEVIATIONS * self.spread_cents
        )


@dataclass(frozen=True)
class Unusual:
    """An expense and the habit it breaks: of the same place, or of the category when `is_of_category`."""

    row: Transaction
    habit: Habit
    is_of_category: bool


@dataclass(frozen=True)
class Spent:
    """One earlier expense, as far as a habit is made of it."""

    day: date
    cents: int


def find(sync: Sync) -> list[Unusual]:
    """Expenses that this Sync brought or saw posted, and that break a habit. Two queries, whatever their number."""
    rows = [row for row in _fresh(sync) if not speaks_of_own_money(normalised(row.description))]
    if not rows:
        return []
    places, categories = _history(sync.company, rows)
    found = [one for row in rows if (one := _judge(row, places, categories)) is not None]
    return sorted(found, key=lambda one: one.row.amount_cents)[:MOST]


def habit_of(earlier: Sequence[Spent], day: date) -> Habit | None:
    """What was usual before `day`; None while there is too little to say so."""
    if len(earlier) < ENOUGH_ROWS or min(spent.day for spent in earlier) > day - REACH:
        return None
    amounts = [spent.cents for spent in earlier]
    usual = median_low(amounts)
    return Habit(usual, median_low([abs(cents - usual) for cents in amounts]), max(amounts))


def _judge(
    row: Transaction, places: dict[str, list[Spent]], categories: dict[str, list[Spent]]
) -> Unusual | None:
    """The place's own habit decides; without one the category's, unless the place has asked for as much before."""
    cents, at_place = -row.amount_cents, places.get(_place(row), [])
    habit = habit_of(at_place, row.date)
    if habit is not None:
        return Unusual(row, habit, is_of_category=False) if habit.is_broken_by(cents) else None
    habit = habit_of(categories.get(row.shown_category_id or "", []), row.date)
    was_seen = any(3 * spent.cents >= 2 * cents for spent in at_place)
    if habit is None or was_seen or not habit.is_broken_by(cents):
        return None
    return Unusual(row, habit, is_of_category=True)


def _fresh(sync: Sync) -> Iterable[Transaction]:
    """Posted expenses of the last days that are worth a word; no history of a first sync, no later parcel.

    None that the plan keeps out of sight: a word about it would show it.
    """
    today = clock.today()
    rows = _expenses(sync.company).filter(account__item=sync.item_id, amount_cents__lte=-MINIMUM_CENTS)
    rows = rows.filter(Q(created_at__gte=sync.started_at) | Q(changed_at__gte=sync.started_at))
    rows = rows.filter(date__gte=today - RECENT, date__lte=today)
    rows = rows.filter(Q(account__counts_from=None) | Q(date__gte=F("account__counts_from")))
    rows = rows.filter(Q(installment_number=None) | Q(installment_number__lte=1))
    return rows.within(overflow.cap_of(sync.company)).select_related("account").order_by("date", "pk")


def _history(
    company: Company, rows: Sequence[Transaction]
) -> tuple[dict[str, list[Spent]], dict[str, list[Spent]]]:
    """What the company spent before, at the same places and on the same categories."""
    places, categories = {_place(row) for row in rows}, {row.shown_category_id for row in rows} - {None}
    days = [row.date for row in rows]
    earlier = _expenses(company).filter(date__gte=min(days) - LOOK_BACK, date__lte=max(days))
    marked = earlier.exclude(pk__in=[row.pk for row in rows]).annotate(
        place=Coalesce(*MARKS, output_field=TextField()),
        category=Coalesce("own_category_id", "category_id"),
    )
    alike = marked.filter(Q(place__in=places) | Q(category__in=categories))
    by_place, by_category = defaultdict(list), defaultdict(list)
    for place, category, day, cents in alike.values_list(
        "place", "category", "date", "amount_cents"
    ).iterator():
        by_place[place].append(Spent(day, -cents))
        by_category[category or ""].append(Spent(day, -cents))
    return by_place, by_category


def _place(row: Transaction) -> str:
    """Whom it went to, by the surest mark there is."""
    return next(str(mark) for name in MARKS if (mark := getattr(row, name)) is not None)


def _expenses(company: Company) -> TransactionQuerySet:
    """Money that left for good: no transfer to an own account, no application, no payment of a card's bill."""
    owners = Account.objects.of(company).exclude(document_index="").values("document_index")
    rows = Transaction.objects.of(company).counted().earned_or_spent()
    rows = rows.filter(amount_cents__lt=0, currency=CURRENCY)
    rows = rows.exclude(counterparty_index__in=owners).exclude(operation_type="PAGAMENTO_FATURA")
    return rows.exclude(in_categories((*MOVES_BETWEEN_OWN, INTERNAL_CATEGORY)))
