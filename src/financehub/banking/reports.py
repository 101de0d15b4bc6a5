"""The numbers of each screen, made of rows by aggregate queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from financehub.banking.cards import reports as card_reports
from financehub.banking.cards.reports import CardStatement
from financehub.banking.listing import in_categories
from financehub.banking.models import (
    Account,
    Connector,
    CreditCardBill,
    Item,
    ParkedItem,
    Sync,
    SyncAccount,
    Transaction,
)
from financehub.companies.models import Company
from financehub.core import clock

MONTHS = 12
SPARKLINE_DAYS = 30
CURRENCY = "BRL"
# own transfers, card payments and applications: money that changes place, neither earned nor spent
MOVES_BETWEEN_OWN = ("04", "0510", "0301", "0302", "0303", "0304", "0305")


@dataclass(frozen=True)
class AccountLine:
    """A bank account now, and its balance on each of the last 30 bank days, oldest first."""

    account: Account
    connector: Connector | None
    balance_cents: int
    balance_at: datetime | None
    sparkline: list[int]


@dataclass(frozen=True)
class CardLine:
    """A card and the bill that is open on it, as the page of cards says it; `balance_at` is the debt's age."""

    account: Account
    connector: Connector | None
    open_bill_cents: int
    balance_at: datetime | None
    close_date: date | None
    due_date: date | None


@dataclass(frozen=True)
class MonthFlow:
    """What came in and what went out in one month of bank days; both positive."""

    month: date
    income_cents: int
    expense_cents: int

    @property
    def left_cents(self) -> int:
        return self.income_cents - self.expense_cents


@dataclass(frozen=True)
class Home:
    """The first screen. `cash_at` is the age of the oldest number in `cash_cents`."""

    cash_cents: int
    cash_at: datetime | None
    other_cash: dict[str, int]
    accounts: list[AccountLine]
    cards: list[CardLine]
    months: list[MonthFlow]
    attention: list["ConnectionCard"]

    @property
    def is_empty(self) -> bool:
        return not (self.accounts or self.cards)


@dataclass(frozen=True)
class ConnectionCard:
    """One bank: where it stands, the last Sync that read rows, what is awaited, what it brought.

    A Sync that found no news has an empty receipt: it moves `last_sync_at` but is not `last_sync`.
    """

    item: Item
    connector: Connector
    state: str
    last_sync: Sync | None
    open_sync: Sync | None
    failed_sync: Sync | None
    accounts: list[Account] = field(default_factory=list)

    @property
    def last_sync_at(self) -> datetime | None:
        return self.item.last_sync_at

    @property
    def next_expected_at(self) -> datetime | None:
        return None if self.item.auto_sync_disabled_at else self.item.next_auto_sync_at

    @property
    def needs_a_person(self) -> bool:
        return self.state in {"waiting_input", "waiting_action", "reconnect", "failed"}


@dataclass(frozen=True)
class AccountSheet:
    """One account: its bills if it is a card, what the last sync did to it, its last rows."""

    line: AccountLine | CardLine
    bills: list[CreditCardBill]
    receipt: SyncAccount | None
    open_sync: Sync | None
    months: list[MonthFlow]


def home(company: Company) -> Home:
    """Cash, accounts, cards, twelve months and what waits for a person."""
    accounts = open_accounts(company)
    lines = _account_lines(company, [account for account in accounts if not account.is_card])
    in_currency = [line for line in lines if line.account.currency == CURRENCY]
    other_cash: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.account.currency != CURRENCY:
            other_cash[line.account.currency] += line.balance_cents
    return Home(
        cash_cents=sum(line.balance_cents for line in in_currency),
        cash_at=min((line.balance_at for line in in_currency if line.balance_at), default=None),
        other_cash=dict(other_cash),
        accounts=lines,
        cards=[_card_line(card) for card in card_reports.report(company, accounts).cards],
        months=months(company),
        attention=[card for card in connections(company) if card.needs_a_person],
    )


def open_accounts(company: Company) -> list[Account]:
    """The accounts in use, banks first, in the order of their names."""
    accounts = Account.objects.of(company).open().filter(_still_connected()).select_related("item__connector")
    hidden = ("number", "owner", "document", "item__parameter", "item__user_action")
    return list(accounts.defer(*hidden).order_by("type", "item__connector__name", "name", "id"))


def months(company: Company, *, account: Account | None = None) -> list[MonthFlow]:
    """Income and expense of the last twelve months, this one last, from counted rows in reais.

    For one account everything counts; for the company, money that only changes place does not.
    """
    first = _months_before(clock.today().replace(day=1), MONTHS - 1)
    rows = Transaction.objects.of(company).counted().filter(currency=CURRENCY, date__gte=first)
    rows = rows.filter(date__lte=clock.today())
    rows = (
        rows.filter(account=account)
        if account
        else rows.exclude(in_categories(MOVES_BETWEEN_OWN)).earned_or_spent()
    )
    days = rows.values("date").annotate(  # by day, in the order of the index; SQLite cuts months row by row
        into=Coalesce(Sum("amount_cents", filter=Q(amount_cents__gt=0)), 0),
        out=Coalesce(Sum("amount_cents", filter=Q(amount_cents__lt=0)), 0),
    )
    income: Counter[date] = Counter()
    expense: Counter[date] = Counter()
    for day in days:
        month = day["date"].replace(day=1)
        income[month] += day["into"]
        expense[month] -= day["out"]
    wanted = [_months_before(clock.today().replace(day=1), back) for back in reversed(range(MONTHS))]
    return [MonthFlow(month, income[month], expense[month]) for month in wanted]


def connections(company: Company) -> list[ConnectionCard]:
    """A card per connected bank, those that wait for a person first."""
    items = Item.objects.of(company).connected().select_related("connector").order_by("-created_at", "id")
    good, newest = _latest_syncs(company)
    accounts: dict[UUID | None, list[Account]] = defaultdict(list)
    for account in open_accounts(company):
        accounts[account.item_id].append(account)
    cards = [_connection(item, good.get(item.pk), newest.get(item.pk), accounts[item.pk]) for item in items]
    return sorted(cards, key=lambda card: not card.needs_a_person)


def connection(company: Company, item: Item) -> ConnectionCard:
    """The card of one bank. `item` belongs to the company."""
    syncs = Sync.objects.of(company).filter(item=item).order_by("-requested_at")
    good = syncs.filter(status=Sync.Status.SUCCEEDED, read_rows=True).first()
    accounts = [account for account in open_accounts(company) if account.item_id == item.pk]
    return _connection(item, good, syncs.first(), accounts)


def parked(company: Company) -> list[ParkedItem]:
    """Items at the vendor that a person of this company has to decide about."""
    return list(
        ParkedItem.objects.filter(company_id=company.pk, resolved_at__isnull=True).order_by("created_at")
    )


def account_sheet(company: Company, account: Account) -> AccountSheet:
    """Everything the page of one account shows except its list of rows."""
    receipts = SyncAccount.objects.of(company).filter(account=account).select_related("sync")
    syncs = Sync.objects.of(company).open().filter(item=account.item_id)
    return AccountSheet(
        line=_card_line(card_reports.statement(company, account))
        if account.is_card
        else _account_lines(company, [account])[0],
        bills=list(CreditCardBill.objects.of(company).filter(account=account).order_by("-due_date")[:12]),
        receipt=receipts.order_by("-sync__requested_at").first(),
        open_sync=syncs.first() if account.item_id else None,
        months=months(company, account=account),
    )


def state_of(item: Item) -> str:
    """One word for where an Item stands, the most pressing first."""
    states = {
        "disconnected": item.is_disconnected,
        "waiting_input": item.is_waiting_for_input,
        "waiting_action": item.is_waiting_for_action,
        "updating": item.is_updating,
        "reconnect": item.needs_reconnect or item.consent_has_expired(clock.now()),
        "failed": not item.is_healthy,
        "partial": item.is_partial,
    }
    return next((state for state, holds in states.items() if holds), "healthy")


def _latest_syncs(company: Company) -> tuple[dict[UUID, Sync], dict[UUID, Sync]]:
    """By Item: the last good Sync that read rows, and the last one whatever became of it."""
    of_item = Sync.objects.of(company).filter(item=OuterRef("pk")).order_by("-requested_at")
    keys = list(
        Item.objects.of(company)
        .connected()
        .annotate(
            good=Subquery(of_item.filter(status=Sync.Status.SUCCEEDED, read_rows=True).values("pk")[:1]),
            newest=Subquery(of_item.values("pk")[:1]),
        )
        .values_list("good", "newest")
    )
    good_keys, newest_keys = {good for good, _ in keys}, {newest for _, newest in keys}
    syncs = list(Sync.objects.of(company).filter(pk__in=good_keys | newest_keys))
    return (
        {sync.item_id: sync for sync in syncs if sync.pk in good_keys},
        {sync.item_id: sync for sync in syncs if sync.pk in newest_keys},
    )


def _connection(
    item: Item, good: Sync | None, newest: Sync | None, accounts: list[Account]
) -> ConnectionCard:
    is_open = newest is not None and newest.status in {Sync.Status.PENDING, Sync.Status.RUNNING}
    has_failed = newest is not None and newest.status == Sync.Status.FAILED
    return ConnectionCard(
        item=item,
        connector=item.connector,
        state=state_of(item),
        last_sync=good,
        open_sync=newest if is_open else None,
        failed_sync=newest if has_failed else None,
        accounts=accounts,
    )


def _card_line(card: CardStatement) -> CardLine:
    account = card.account
    return CardLine(
        account=account,
        connector=account.item.connector if account.item else None,
        open_bill_cents=card.open.so_far_cents,
        balance_at=account.balance_at,
        close_date=card.open.cycle.closes,
        due_date=card.open.cycle.due,
    )


def _account_lines(company: Company, accounts: list[Account]) -> list[AccountLine]:
    movements = _daily_movements(company, accounts)
    return [
        AccountLine(
            account=account,
            connector=account.item.connector if account.item else None,
            balance_cents=account.balance_cents,
            balance_at=account.balance_at,
            sparkline=_backwards(account.balance_cents, movements[account.pk]),
        )
        for account in accounts
    ]


def _daily_movements(company: Company, accounts: list[Account]) -> dict[UUID, dict[date, int]]:
    rows = Transaction.objects.of(company).visible().posted()
    rows = rows.filter(account__in=accounts, date__gt=clock.today() - timedelta(days=SPARKLINE_DAYS))
    movements: dict[UUID, dict[date, int]] = defaultdict(dict)
    for row in rows.values("account_id", "date").annotate(cents=Sum("amount_cents")):
        movements[row["account_id"]][row["date"]] = row["cents"]
    return movements


def _backwards(balance_cents: int, by_day: dict[date, int]) -> list[int]:
    # a day's closing balance is the next day's, less what moved on that next day
    balances, today = [], clock.today()
    for back in range(SPARKLINE_DAYS):
        balances.append(balance_cents)
        balance_cents -= by_day.get(today - timedelta(days=back), 0)
    return balances[::-1]


def _still_connected() -> Q:
    return Q(item__isnull=True) | Q(item__disconnected_at__isnull=True)


def _months_before(first: date, count: int) -> date:
    month = first.year * 12 + first.month - 1 - count
    return date(month // 12, month % 12 + 1, 1)
