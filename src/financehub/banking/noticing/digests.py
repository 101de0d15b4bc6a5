"""The digest: once a day, at each person's own time, what came into the person's companies since the last one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from financehub.banking import overflow
from financehub.banking.models import Transaction
from financehub.companies import access
from financehub.companies.models import Company, User
from financehub.core import clock
from financehub.core.each import for_each
from financehub.core.money import format_amount
from financehub.notifications import digesting, telling
from financehub.notifications.digesting import Due

LINES = 5
RECENT = timedelta(days=7)  # older rows are history that a new connection brought
CURRENCY = "BRL"


def tell_digests(*, at: datetime | None = None) -> int:
    """Everybody whose time has come; how many people. Each one commits alone. Raises SomeFailed."""
    return len(for_each(digesting.due(at or clock.now()), _tell_person))


@transaction.atomic
def _tell_person(due: Due) -> None:
    if not digesting.claim(due):
        return
    for place in access.memberships_of(due.person):
        _tell_company(place.company, due.person, due)


def _tell_company(company: Company, person: User, due: Due) -> None:
    rows = Transaction.objects.of(company).visible().filter(is_ignored=False, currency=CURRENCY)
    new = rows.filter(source=Transaction.Source.VENDOR, created_at__gt=due.since, created_at__lte=due.at)
    new = new.filter(date__gte=clock.bank_day(due.at) - RECENT).earned_or_spent()
    count = new.count()
    if not count:
        return
    money_in, money_out = _sums(new)
    words: telling.Words = {
        "company": company.name,
        "count": count,
        "money_in": format_amount(money_in),
        "money_out": format_amount(abs(money_out)),
        "lines": _lines(new.within(overflow.cap_of(company)), count),
    }
    telling.tell(company, "transactions_digest", key=f"{due.day}", words=words, to=[person])


def _sums(rows: QuerySet[Transaction, Transaction]) -> tuple[int, int]:
    sums = rows.aggregate(
        money_in=Sum("amount_cents", filter=Q(amount_cents__gt=0)),
        money_out=Sum("amount_cents", filter=Q(amount_cents__lt=0)),
    )
    return sums["money_in"] or 0, sums["money_out"] or 0


def _lines(rows: QuerySet[Transaction, Transaction], count: int) -> str:
    """The newest few of those in sight, one a line; `…` when there are more."""
    newest = rows.order_by("-date", "-occurred_at", "pk")[:LINES]
    lines = [f"{row.date:%d/%m} {row.shown_description}: {format_amount(row.amount_cents)}" for row in newest]
    return "\n".join(lines + (["…"] if count > len(lines) else []))
