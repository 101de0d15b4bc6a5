"""What a plan counts, counted from the rows themselves: no counter can drift from them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from financehub.banking.models import Account, Transaction
from financehub.banking.models.transactions import Cap
from financehub.billing.standing import Standing
from financehub.companies import api_keys, inviting, membering
from financehub.companies.models import Company
from financehub.core import clock

PACE_DAYS = 28  # whole weeks, so that weekends weigh what they weigh


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
    """Of the period in which transactions are counted: a month at most, also for who pays yearly.

    `ends` is the day after the last; `hidden` rows of it are beyond the plan, and shown later.
    """

    accounts: Used
    transactions: Used
    members: Used
    api_keys: Used
    starts: date
    ends: date
    hidden: int


def counted_accounts(company: Company) -> int:
    """BANK and CREDIT accounts that are to be synced; by hand, put away, left out or disconnected counts nothing."""
    return Account.objects.of(company).placed().count()


def counted_members(company: Company, *, without: str = "") -> int:
    """People in the company, and those whose invitation is open; `without` one address that is invited again."""
    asked = [it for it in inviting.open_invitations(company) if it.email != without.strip().lower()]
    return len(membering.members_of(company)) + len(asked)


def counted_keys(company: Company) -> int:
    """API keys that still work."""
    return sum(not key.is_revoked for key in api_keys.keys_of(company))


def cap_of(company: Company, standing: Standing, *, at: datetime) -> Cap:
    """Which rows count in the present period, and how many of them the plan shows.

    Who has no plan any more keeps sight of what came while there was one.
    """
    limits = standing.plan.limits
    starts, ends = counting_period(standing, at)
    later = Account.objects.of(company).filter(counts_from__gt=starts)
    days = later.values_list("pk", "counts_from")
    history = {key: day for key, day in days if day is not None}
    return Cap(company.pk, limits.transactions if limits.syncing else None, starts, ends, history)


def of(company: Company, standing: Standing, *, at: datetime | None = None) -> Usage:
    """The usage of the present period against the limits of the plan in force."""
    at = at or clock.now()
    limits = standing.plan.limits
    cap = cap_of(company, standing, at=at)
    today = at.astimezone(clock.SAO_PAULO).date()
    rows = Transaction.objects.of(company).metered(cap)
    numbers = rows.aggregate(all=Count("id"), so_far=Count("id", filter=Q(date__lte=today)))
    expected = max(numbers["all"], forecast(numbers["so_far"], _lately(company, today), today, cap.ends))
    hidden = max(0, numbers["all"] - cap.limit) if cap.limit is not None else 0
    return Usage(
        accounts=Used(counted_accounts(company), limits.bank_accounts),
        transactions=Used(numbers["all"], limits.transactions, expected),
        members=Used(counted_members(company), limits.members),
        api_keys=Used(counted_keys(company), limits.api_keys),
        starts=cap.starts,
        ends=cap.ends,
        hidden=hidden,
    )


def counting_period(standing: Standing, at: datetime) -> tuple[date, date]:
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


def forecast(so_far: int, lately: int, today: date, ends: date) -> int:
    """How many there will be on the last day when the days to come are as the last PACE_DAYS were, rounded up.

    The period's own first days say little: one of them with a salary and rent would be taken for all.
    """
    days_to_come = max(0, (ends - today).days - 1)
    return so_far + -(-lately * days_to_come // PACE_DAYS)


def _lately(company: Company, today: date) -> int:
    """Rows of the last PACE_DAYS of accounts that go on being synced, whether they counted or not."""
    rows = Transaction.objects.of(company).filter(source=Transaction.Source.VENDOR, withdrawn_at__isnull=True)
    rows = rows.filter(account__in=Account.objects.of(company).placed())
    return rows.filter(date__gt=today - timedelta(days=PACE_DAYS), date__lte=today).count()
