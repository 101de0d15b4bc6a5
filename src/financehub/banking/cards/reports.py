"""The numbers of the cards screen: bills with their rows, parcelas to come, limits that count once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property, partial
from uuid import UUID

from financehub.banking.cards import bills, card_rows, installments, limits
from financehub.banking.cards.billing_cycles import Bill, CardDays, Charge, Payment, later
from financehub.banking.cards.bills import BillSheet, CardNow
from financehub.banking.cards.card_rows import Ledger, Rows
from financehub.banking.cards.installments import Committed, DatedRow, Plan
from financehub.banking.cards.limits import CardLimit, SharedLimit
from financehub.banking.cards.paying import BillState
from financehub.banking.cards.remembering import Remembered
from financehub.banking.cards.rows import Kind
from financehub.banking.models import Account, CreditCardBill
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.clock import bank_day
from financehub.core.errors import NotFound

CURRENCY = "BRL"
MONTHS_SHOWN = 12
MONTHS_READ = 14  # a bill carries from the one before it
NOT_CLOSED = {BillState.FUTURE, BillState.OPEN}

Made = tuple[list[BillSheet], list[Plan]]
_lately: Remembered[Made] = Remembered()


@dataclass(frozen=True)
class CardStatement:
    """One card: every bill, oldest first, one of them open; and the plans of its parcelas."""

    account: Account
    sheets: list[BillSheet]
    plans: list[Plan]

    @cached_property
    def open(self) -> BillSheet:
        return next(sheet for sheet in self.sheets if sheet.state == BillState.OPEN)

    @property
    def closed(self) -> list[BillSheet]:
        """Newest first."""
        return [sheet for sheet in reversed(self.sheets) if sheet.state not in NOT_CLOSED]

    @property
    def future(self) -> list[BillSheet]:
        return [sheet for sheet in self.sheets if sheet.state == BillState.FUTURE]

    @property
    def waiting(self) -> list[BillSheet]:
        """Closed bills of which something is still to be paid, oldest first."""
        return [sheet for sheet in self.sheets if sheet.state not in NOT_CLOSED and sheet.left_cents]

    def sheet_of(self, month: date) -> BillSheet:
        """The bill due in that month. Raises NotFound."""
        found = next((sheet for sheet in self.sheets if sheet.month == month), None)
        if found is None:
            raise NotFound("There is no such bill.")
        return found

    def forecast_cents(self, month: date) -> int:
        """Parcelas that will come on the bill of that month and are not rows yet."""
        return sum(one.cents for plan in self.plans for one in plan.forecast if one.month == month)


@dataclass(frozen=True)
class CardsReport:
    """All cards of a company. `committed`, `limit_cents` and `available_cents` are of those in CURRENCY."""

    cards: list[CardStatement]
    limits: list[SharedLimit]
    committed: list[Committed]

    @property
    def limit_cents(self) -> int:
        return sum(limit.limit_cents for limit in self.limits if limit.currency == CURRENCY)

    @property
    def available_cents(self) -> int | None:
        """None where one of the limits does not say what is free."""
        free = [limit.available_cents for limit in self.limits if limit.currency == CURRENCY]
        return None if None in free else sum(cents or 0 for cents in free)


def report(company: Company, accounts: Iterable[Account]) -> CardsReport:
    """The cards among `accounts`, which are the company's with their Items loaded."""
    cards = [account for account in accounts if account.is_card]
    made = _statements(company, cards)
    first = min((statement.open.month for statement in made), default=clock.today().replace(day=1))
    plans = [plan for one in made if one.account.currency == CURRENCY for plan in one.plans]
    return CardsReport(
        cards=made,
        limits=limits.shared_limits(map(limit_of, cards)),
        committed=installments.committed(plans, from_month=first, months=MONTHS_SHOWN),
    )


def statement(company: Company, account: Account, *, month: date | None = None) -> CardStatement:
    """One card of the company; the bill due in `month` has each of its rows. Raises NotFound for no card."""
    if not account.is_card:
        raise NotFound("There is no such card.")
    return _statements(company, [account], month)[0]


def limit_of(account: Account) -> CardLimit:
    """What the account says of its limit."""
    return CardLimit(
        account_id=account.pk,
        item_id=account.item_id,
        currency=account.currency,
        limit_cents=account.credit_limit_cents,
        available_cents=account.available_limit_cents,
        consolidation=account.limit_consolidation,
        is_additional=account.holder_type == "ADDITIONAL",
    )


def _statements(company: Company, cards: Sequence[Account], month: date | None = None) -> list[CardStatement]:
    if not cards:
        return []
    since = later(clock.today(), -MONTHS_READ).replace(day=1)
    listed = _bills(company, cards, since)
    every = [bill for of_card in listed.values() for bill in of_card]
    summed = [bill.pluggy_id for bill in every if bill.due.replace(day=1) != month]
    ledger = Ledger(company, cards, since, summed)
    sums, marks = card_rows.sums_of(ledger), card_rows.marks_of(ledger)
    read = cache(lambda: card_rows.rows_of(ledger, sums))  # once, if any card has changed
    statements = []
    for card in cards:
        now = _now(card)
        count, name = marks.get(card.pk, (0, b""))
        of_sums = (tuple(sums.rows[card.pk]), sums.written_at.get(card.pk))
        key = (card.pk, month, now, tuple(listed[card.pk]), of_sums, name)
        make = partial(_make, card, now, listed[card.pk], ledger, read)
        sheets, plans = make() if card.is_manual else _lately.get(key, count, make)
        statements.append(CardStatement(card, sheets, plans))
    return statements


def _make(
    account: Account, now: CardNow, listed: list[Bill], ledger: Ledger, read: Callable[[], Rows]
) -> Made:
    rows = read()[account.pk]
    sheets = bills.sheets_of(rows, listed, now)
    gaps = {sheet.check.difference_cents for sheet in sheets} - {0}
    if gaps:  # the sums are taken apart only where a row in them could explain a difference
        found = card_rows.suspects_of(replace(ledger, accounts=[account]), gaps)
        sheets = bills.sheets_of(rows, listed, now, suspects=found[account.pk])
    open_month = next(sheet.month for sheet in sheets if sheet.state == BillState.OPEN)
    dated = [DatedRow(placed.row, sheet.month) for sheet in sheets for placed in sheet.rows]
    refunds = [one.row for one in dated if one.row.kind == Kind.REFUND]
    return sheets, installments.plans_of(account.pk, dated, open_month=open_month, refunds=refunds)


def _now(account: Account) -> CardNow:
    return CardNow(
        days=CardDays(account.close_date, account.due_date),
        today=clock.today(),
        known_until=_known_until(account),
        balance_cents=account.balance_cents,
        covered_from=account.read_from,
    )


def _bills(company: Company, cards: Sequence[Account], since: date) -> dict[UUID, list[Bill]]:
    found: dict[UUID, list[Bill]] = defaultdict(list)
    stored = CreditCardBill.objects.of(company).filter(account__in=cards, due_date__gte=since)
    for row in stored:
        found[row.account_id].append(_bill(row))
    return found


def _bill(row: CreditCardBill) -> Bill:
    return Bill(
        pluggy_id=row.pluggy_id,
        due=row.due_date,
        total_cents=row.total_cents,
        closes=row.close_date,
        minimum_cents=row.minimum_cents,
        payments=tuple(
            Payment(date.fromisoformat(one["date"]) if one["date"] else None, one["amount_cents"])
            for one in row.payments
        ),
        charges=tuple(Charge(one["type"], one["amount_cents"]) for one in row.finance_charges),
    )


def _known_until(account: Account) -> date:
    """The last day on which the bank was read; a card kept by hand is always known."""
    if account.item is None:
        return clock.today()
    moments = [moment for moment in (account.balance_at, account.item.last_sync_at) if moment]
    return max(map(bank_day, moments), default=clock.today() - timedelta(days=MONTHS_READ * 31))
