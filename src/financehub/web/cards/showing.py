"""From the cards report to what the templates show: panels, bars, rows beside their rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from financehub.banking import listing, overflow
from financehub.banking.cards.bills import BillSheet, PlacedRow
from financehub.banking.cards.checking import TotalCheck
from financehub.banking.cards.installments import Committed, Parcel, ParcelState, Plan
from financehub.banking.cards.limits import SharedLimit
from financehub.banking.cards.reports import CardsReport, CardStatement
from financehub.banking.models import Connector, Transaction
from financehub.companies.models import Company
from financehub.web.charts import BAR_HEIGHT

BILLS_SHOWN = 4
ROWS_SHOWN = 8
ROWS_ON_A_PAGE = 100
FEWEST_MONTHS = 6


@dataclass(frozen=True)
class CommittedBar:
    """One month of parcelas: rows below, forecasts above them."""

    month: Committed
    here_height: int
    forecast_height: int

    @property
    def here_top(self) -> int:
        return BAR_HEIGHT - self.here_height

    @property
    def forecast_top(self) -> int:
        return BAR_HEIGHT - self.here_height - self.forecast_height


@dataclass(frozen=True)
class ShownRow:
    """A transaction on a bill, and the rule that put it there."""

    transaction: Transaction
    rule: str


@dataclass(frozen=True)
class PlanLine:
    """A purchase in parcelas that still costs something: how far it is, and what is left."""

    plan: Plan
    account_name: str
    currency: str
    here: int
    left_cents: int
    next: Parcel


@dataclass(frozen=True)
class CardPanel:
    """One card on the first page."""

    card: CardStatement
    connector: Connector | None
    limit: SharedLimit | None
    shares_with: list[str]
    bills: list[BillSheet]
    more_bills: list[BillSheet]
    rows: list[ShownRow]


def bars(months: Sequence[Committed]) -> list[CommittedBar]:
    """Months on one scale up to the last with anything, at least six; whatever is not zero is visible."""
    taken = [place for place, month in enumerate(months) if month.cents]
    months = months[: max([FEWEST_MONTHS, *(place + 1 for place in taken)])]
    highest = max((month.cents for month in months), default=0)
    return [
        CommittedBar(one, _height(one.here_cents, highest), _height(one.forecast_cents, highest))
        for one in months
    ]


def panels(company: Company, found: CardsReport) -> list[CardPanel]:
    """A panel per card, its newest rows loaded."""
    shown = {card.account.pk: card.open.rows[: -ROWS_SHOWN - 1 : -1] for card in found.cards}
    loaded = load(company, [one for rows in shown.values() for one in rows])
    return [
        _panel(card, found, [loaded[one.row.id] for one in shown[card.account.pk] if one.row.id in loaded])
        for card in found.cards
    ]


def plan_lines(found: CardsReport) -> list[PlanLine]:
    """Purchases with parcelas still to come, the largest rest first."""
    lines = []
    for card in found.cards:
        for plan in card.plans:
            coming = plan.coming(card.open.month)
            if coming:
                here = sum(parcel.state == ParcelState.HERE for parcel in plan.parcels)
                left = sum(parcel.cents for parcel in coming)
                account = card.account
                lines.append(PlanLine(plan, account.name, account.currency, here, left, coming[0]))
    return sorted(lines, key=lambda line: -line.left_cents)


def load(company: Company, placed: Iterable[PlacedRow]) -> dict[UUID, ShownRow]:
    """The transactions behind placed rows, by id; those beyond the plan count in the bill, and are not shown yet."""
    rules = {one.row.id: one.rule.value for one in placed}
    found = Transaction.objects.of(company).filter(pk__in=rules).within(overflow.cap_of(company))
    rows = found.select_related("account").defer("details")
    return {row.pk: ShownRow(row, rules[row.pk]) for row in rows}


def page_of(sheet: BillSheet, after: str) -> tuple[list[PlacedRow], str]:
    """A page of a bill's rows, newest first, after the cursor; and the cursor of the next one. Raises Invalid."""
    rows = sheet.rows[::-1]
    if after:
        last = listing.read_cursor(after)
        rows = [one for one in rows if (one.row.day, one.row.id) < last]
    shown = rows[:ROWS_ON_A_PAGE]
    more = len(rows) > len(shown)
    return shown, f"{shown[-1].row.day.isoformat()}.{shown[-1].row.id}" if more else ""


def by_card(sheet: BillSheet) -> list[tuple[str, int]]:
    """What each card number spent of a bill, the largest first; nothing where all rows are of one."""
    sums: dict[str, int] = {}
    for placed in sheet.rows:
        sums[placed.row.last4] = sums.get(placed.row.last4, 0) + placed.row.debt_cents
    return sorted(sums.items(), key=lambda item: -item[1]) if len(sums) > 1 else []


def check_of(sheet: BillSheet) -> TotalCheck:
    """What a bill is checked against: the balance while it is open, its own total after."""
    return sheet.so_far or sheet.check


def neighbours(card: CardStatement, month: date) -> tuple[BillSheet | None, BillSheet | None]:
    """The bill before and the bill after."""
    months = [sheet.month for sheet in card.sheets]
    place = months.index(month)
    before = card.sheets[place - 1] if place else None
    after = card.sheets[place + 1] if place + 1 < len(months) else None
    return before, after


def _panel(card: CardStatement, found: CardsReport, rows: list[ShownRow]) -> CardPanel:
    account = card.account
    names = {one.account.pk: one.account.name for one in found.cards}
    limit = next((one for one in found.limits if account.pk in one.account_ids), None)
    others = [key for key in limit.account_ids if key != account.pk] if limit else []
    return CardPanel(
        card=card,
        connector=account.item.connector if account.item else None,
        limit=limit,
        shares_with=[names[key] for key in others],
        bills=card.closed[:BILLS_SHOWN],
        more_bills=card.closed[BILLS_SHOWN:],
        rows=rows,
    )


def _height(cents: int, highest: int) -> int:
    return max(2, cents * (BAR_HEIGHT - 2) // highest) if cents > 0 else 0
