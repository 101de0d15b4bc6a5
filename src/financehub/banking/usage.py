"""What a plan counts, counted from the rows themselves: no counter can drift from them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from financehub.banking.models import Account, Transaction
from financehub.billing.standing import Standing
from financehub.companies.models import Company
from financehub.core import clock

MONTH_DAYS = 30


@dataclass(frozen=True)
class Used:
    """How much of one thing; `limit` None is without limit, `forecast` is for the end of the period."""

    current: int
    limit: int | None
    forecast: int | None = None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.current > self.limit

    @property
    def will_be_over(self) -> bool:
        return self.limit is not None and (self.forecast or self.current) > self.limit


@dataclass(frozen=True)
class Usage:
    """Of the period in which transactions are counted: a month at most, also for who pays yearly."""

    accounts: Used
    transactions: Used
    starts: date
    ends: date | None


def counted_accounts(company: Company) -> int:
    """BANK and CREDIT accounts of connections; what is kept by hand or put away counts nothing."""
    return Account.objects.of(company).open().filter(is_manual=False).count()


def of(company: Company, standing: Standing, *, at: datetime | None = None) -> Usage:
    """The usage of the present period against the limits of the plan in force."""
    at = at or clock.now()
    starts, ends = counting_period(standing, at)
    today = at.astimezone(clock.SAO_PAULO).date()
    count = transactions_between(company, starts, today)
    limits = standing.plan.limits
    return Usage(
        accounts=Used(counted_accounts(company), limits.bank_accounts),
        transactions=Used(count, limits.transactions, forecast(count, starts, ends, today)),
        starts=starts,
        ends=ends,
    )


def counting_period(standing: Standing, at: datetime) -> tuple[date, date | None]:
    """(first day, day after the last): the billing month that holds `at`, counted from the period's start."""
    first = standing.period_start.astimezone(clock.SAO_PAULO).date()
    today = at.astimezone(clock.SAO_PAULO).date()
    if standing.period_end is None:
        return first, _months_after(first, 1)
    months = max(0, (today.year - first.year) * 12 + today.month - first.month)
    if _months_after(first, months) > today:
        months -= 1
    ends = standing.period_end.astimezone(clock.SAO_PAULO).date()
    return _months_after(first, max(0, months)), min(_months_after(first, max(0, months) + 1), ends)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(day.day, last))


def transactions_between(company: Company, first: date, last: date) -> int:
    """Rows of banks whose bank day is in these days, both included; withdrawn ones left out."""
    rows = Transaction.objects.of(company).filter(source="vendor", date__gte=first, date__lte=last)
    return rows.filter(withdrawn_at__isnull=True).count()


def forecast(count: int, starts: date, ends: date | None, today: date) -> int | None:
    """How many there will be at the end at the present pace, rounded up; None without an end."""
    if ends is None:
        return None
    gone = max(1, (today - starts).days + 1)
    return -(-count * max(gone, (ends - starts).days) // gone)
