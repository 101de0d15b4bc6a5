"""Which rows a balance is made of, and what they add up to.

A bank account's balance holds every posted row. A card's holds every row of up to its moment, pending ones too.
Rows that the bank withdrew or a person deleted are out; rows a person only ignores moved money all the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Coalesce

from financehub.banking.balances.facts import Row
from financehub.banking.balances.wording import plain
from financehub.banking.models import Account, BalanceAdjustment, BalanceObservation, Transaction
from financehub.core import clock

COUNTED_DAYS = 70  # before an observation: a row of earlier that changes is not its balance's news
HISTORY_DAYS = 100
MOST_ROWS, MOST_OLD_ROWS, MOST_ADJUSTMENTS = 5000, 500, 5
COLUMNS = (
    "id", "amount_cents", "date", "occurred_at", "description", "status", "source", "withdrawn_at", "deleted_at",
    "created_at", "changed_at", "edited_at", "provider_id", "operation_type", "category_id", "running_balance_cents",
    "installment_number",
)  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """Cents of the counted rows since the day of the base, and since the day a new base would have."""

    since_base: int
    since_new: int
    counted_from: date


def worth(account: Account) -> int:
    """The balance signed for the person: a card's is a debt."""
    return -account.balance_cents if account.is_card else account.balance_cents


def moment_of(account: Account) -> datetime:
    """When the bank said so."""
    return account.balance_at or clock.now()


def day_of(account: Account) -> date:
    """The bank day of the balance."""
    return moment_of(account).astimezone(clock.SAO_PAULO).date()


def sums(account: Account, base: BalanceObservation | None) -> Sums:
    """Both sums by one query."""
    counted_from = day_of(account) - timedelta(days=COUNTED_DAYS)
    oldest = min(counted_from, base.counted_from) if base else counted_from
    rows = Transaction.objects.of(account.company_id).visible().filter(_counts(account))
    found = rows.filter(account=account, date__gte=oldest).aggregate(
        since_base=_sum_from(base.counted_from if base else counted_from), since_new=_sum_from(counted_from)
    )
    return Sums(found["since_base"], found["since_new"], counted_from)


def rows_of(account: Account, base: BalanceObservation) -> list[Row]:
    """The rows a diagnosis looks at: history and news of the base, the newest if there are too many."""
    of_account = Transaction.objects.of(account.company_id).filter(account=account)
    still_there = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=base.seen_at)
    not_deleted = Q(deleted_at__isnull=True) | Q(deleted_at__gt=base.seen_at)
    rows = of_account.filter(still_there & not_deleted).order_by("-date", "-id")
    first = base.day - timedelta(days=HISTORY_DAYS)
    news = Q(created_at__gt=base.seen_at) | Q(withdrawn_at__gt=base.seen_at)
    found = [
        *rows.filter(date__gte=first).values(*COLUMNS)[:MOST_ROWS],
        *rows.filter(news, date__lt=first).values(*COLUMNS)[:MOST_OLD_ROWS],
    ]
    return [*(_row(account, base, values) for values in found), *_adjustments(account)]


def _adjustments(account: Account) -> list[Row]:
    """What people wrote down to close gaps: it may have become superfluous."""
    made = BalanceAdjustment.objects.of(account.company_id).filter(account=account, undone_at__isnull=True)
    return [
        Row(
            id=str(adjustment.pk),
            cents=adjustment.cents,
            day=adjustment.created_at.astimezone(clock.SAO_PAULO).date(),
            text="",
            counted=True,
            arrived=adjustment.created_at,
            news_at=adjustment.created_at,
            is_manual=True,
            is_adjustment=True,
        )
        for adjustment in made.order_by("-created_at")[:MOST_ADJUSTMENTS]
    ]


def _sum_from(day: date) -> Coalesce:
    return Coalesce(Sum(Case(When(date__gte=day, then=F("amount_cents")))), 0)


def _counts(account: Account) -> Q:
    if account.is_card:
        return Q(occurred_at__lte=moment_of(account))
    return Q(status=Transaction.Status.POSTED)


def _row(account: Account, base: BalanceObservation, values: dict[str, Any]) -> Row:
    is_pending = values["status"] == Transaction.Status.PENDING
    is_gone = bool(values["withdrawn_at"] or values["deleted_at"])
    counts = values["occurred_at"] <= moment_of(account) if account.is_card else not is_pending
    moments = (values["created_at"], values["changed_at"], values["edited_at"])
    gone_at = (values["withdrawn_at"], values["deleted_at"])
    return Row(
        id=str(values["id"]),
        cents=values["amount_cents"],
        day=values["date"],
        text=plain(values["description"]),
        counted=counts and not is_gone and values["date"] >= base.counted_from,
        arrived=values["created_at"],
        news_at=max(moment for moment in (*moments, *gone_at) if moment),
        is_pending=is_pending,
        is_manual=values["source"] == Transaction.Source.MANUAL,
        is_gone=is_gone and counts,
        is_old=values["date"] < base.counted_from,
        occurred_at=values["occurred_at"],
        provider_id=values["provider_id"],
        operation=values["operation_type"] or "",
        category=values["category_id"] or "",
        running_cents=values["running_balance_cents"],
        parcel=values["installment_number"],
    )
