"""Bills of cards: three days before they close, the day before they are due, when they are late. Once each."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from financehub.audit.recording import Target
from financehub.banking.cards import reports
from financehub.banking.cards.bills import BillSheet
from financehub.banking.cards.paying import BillState
from financehub.banking.cards.reports import CardStatement
from financehub.banking.models import Account, AccountType
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.money import format_amount
from financehub.notifications import telling

CLOSES_WITHIN, DUE_WITHIN, LATE_SINCE = timedelta(days=3), timedelta(days=1), timedelta(days=10)
UNPAID = {BillState.CLOSED, BillState.PARTLY_PAID, BillState.OVERDUE}


def companies_with_cards() -> list[UUID]:
    """Every company that has a card of a bank."""
    cards = Account.objects.across_companies().open().of_type(AccountType.CREDIT)
    return sorted(set(cards.values_list("company_id", flat=True)))


def tell_bills(company_id: UUID) -> int:
    """Say what is near or late today in one company; how many things were new. A missed day is made up for."""
    company = Company.objects.filter(pk=company_id).first()
    if company is None:
        return 0
    accounts = Account.objects.of(company).open().of_type(AccountType.CREDIT).select_related("item")
    told = 0
    for statement in reports.report(company, accounts).cards:
        for kind, sheet, day in _near(statement, clock.today()):
            told += bool(_tell(company, statement, kind, sheet, day))
    return told


def _near(statement: CardStatement, today: date) -> Iterator[tuple[str, BillSheet, date]]:
    opened = statement.open
    if today < opened.cycle.closes <= today + CLOSES_WITHIN and opened.total_cents > 0:
        yield "bill_closing", opened, opened.cycle.closes
    for sheet in statement.waiting:
        due = sheet.cycle.due
        if sheet.state not in UNPAID:
            continue
        if today <= due <= today + DUE_WITHIN:
            yield "bill_due", sheet, due
        elif sheet.state != BillState.CLOSED and today - LATE_SINCE <= due < today:
            yield "bill_overdue", sheet, due


def _tell(company: Company, statement: CardStatement, kind: str, sheet: BillSheet, day: date) -> list[object]:
    account = statement.account
    cents = sheet.so_far_cents if kind == "bill_closing" else sheet.left_cents
    words = {
        "card": account.marketing_name or account.name,
        "amount": format_amount(cents, account.currency),
        "day": day.strftime("%d/%m/%Y"),
    }
    key = f"{account.pk}:{sheet.month}"
    return list(telling.tell(company, kind, key=key, about=Target("card", account.pk), words=words))
