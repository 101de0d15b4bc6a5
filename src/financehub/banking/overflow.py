"""Rows beyond the monthly number of a plan: kept, and counted in every balance and sum, but shown later.

They come into sight with a larger plan or when the period is over. Which they are is computed when asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from financehub.banking import usage
from financehub.banking.models import Transaction
from financehub.banking.models.transactions import Cap
from financehub.billing import entitlements, standing
from financehub.billing.entitlements import Answer, Deed
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import LimitReached


@dataclass(frozen=True)
class Overflow:
    """`hidden` rows are out of sight before the day `shown_from`; `plan` is the cheapest that shows them now."""

    hidden: int
    shown_from: date
    plan: str | None


def cap_of(company: Company, *, at: datetime | None = None) -> Cap | None:
    """What `Transaction.objects.of(company).within(…)` takes: None where everything is shown."""
    at = at or clock.now()
    found = standing.of(company, at=at)
    limits = found.plan.limits
    if limits.transactions is None or not limits.syncing:
        return None
    return usage.cap_of(company, found, at=at)


def of(company: Company, *, at: datetime | None = None) -> Overflow | None:
    """What a page must say beside a list or a sum; None when nothing is hidden."""
    cap = cap_of(company, at=at)
    if cap is None or cap.limit is None:
        return None
    count = Transaction.objects.of(company).metered(cap).count()
    if count <= cap.limit:
        return None
    plan = _answer(company, count - 1, at).suggested_plan
    return Overflow(count - cap.limit, cap.ends, plan)


def hidden_among(company: Company, keys: Collection[UUID]) -> set[UUID]:
    """Which of these rows are out of sight."""
    rows = Transaction.objects.of(company).beyond(cap_of(company)).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def require_shown(row: Transaction, company: Company) -> None:
    """Raises LimitReached for a row that is out of sight."""
    cap = cap_of(company)
    if cap is None or not Transaction.objects.of(company).beyond(cap).filter(pk=row.pk).exists():
        return
    count = Transaction.objects.of(company).metered(cap).count()
    answer = _answer(company, count - 1, None)
    raise LimitReached(
        "This row is beyond your plan's transactions of the period",
        **{**answer.details, "current": count},
        deed=Deed.TRANSACTION.value,
    )


def _answer(company: Company, current: int, at: datetime | None) -> Answer:
    return entitlements.may(company, Deed.TRANSACTION, current=current, at=at)
