"""The ledger of a month: used, left, and the day on which a limit ends at the present pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from financehub.banking.models import Item, QuotaSpending
from financehub.banking.quotas import regulated, spending
from financehub.banking.quotas.regulated import QUOTAS, Quota
from financehub.core import clock
from financehub.core.clock import SAO_PAULO

LEAST_CALLS = 3  # fewer say nothing about the pace
LEAST_PACE_DAYS = 1


@dataclass(frozen=True)
class Line:
    """One limit this month. `ends_on`: when it will be spent at this pace; None when it lasts or nobody can say."""

    quota: Quota
    used: int
    is_refused: bool
    ends_on: date | None
    returns_on: date

    @property
    def name(self) -> str:
        return self.quota.name

    @property
    def per_month(self) -> int:
        return self.quota.per_month

    @property
    def left(self) -> int:
        """Calls left; none when the bank said so, whatever we counted: others may spend of it too."""
        return 0 if self.is_refused else max(0, self.quota.per_month - self.used)

    @property
    def is_spent(self) -> bool:
        return self.left == 0

    @property
    def percent(self) -> int:
        return 100 if self.is_refused else min(100, self.used * 100 // self.quota.per_month)


def lines(item: Item) -> list[Line]:
    """The limits of the Item's products, the scarcest first; none where there are no limits."""
    if not item.connector.is_open_finance:
        return []
    at = clock.now()
    month = regulated.month_of(at)
    rows = spending.spendings(item, month)
    found = [_line(quota, rows, month, at) for quota in QUOTAS if quota.product in item.products]
    return sorted(found, key=lambda line: (line.left > 0, line.ends_on or date.max, -line.percent))


def spent_line(item: Item, *names: str) -> Line | None:
    """The first of these limits that is spent."""
    return next((line for line in lines(item) if line.name in names and line.is_spent), None)


def _line(quota: Quota, rows: Sequence[QuotaSpending], month: date, at: datetime) -> Line:
    moments = sorted(row.at for row in rows if quota.name in row.spent)
    return Line(
        quota=quota,
        used=len(moments),
        is_refused=any(quota.name in row.refused for row in rows),
        ends_on=forecast(moments, quota.per_month, at),
        returns_on=regulated.returns_on(month),
    )


def forecast(moments: Sequence[datetime], per_month: int, at: datetime) -> date | None:
    """The day on which the last call goes, at the pace since the first; None past the month's end or too early."""
    if len(moments) >= per_month:
        return moments[per_month - 1].astimezone(SAO_PAULO).date()
    if len(moments) < LEAST_CALLS:
        return None
    days = max((at - moments[0]) / timedelta(days=1), LEAST_PACE_DAYS)
    end = at + timedelta(days=(per_month - len(moments)) * days / len(moments))
    day = end.astimezone(SAO_PAULO).date()
    return day if day < regulated.returns_on(regulated.month_of(at)) else None
