"""Writing down what an execution or a call at the bank spends of the monthly limits."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from financehub.banking.models import Account, Item, QuotaSpending, Sync
from financehub.banking.quotas import regulated
from financehub.banking.quotas.regulated import QUOTAS, Quota
from financehub.core import clock
from financehub.core.tenancy import TenantQuerySet

LONGEST_INTERVAL = regulated.WEEKLY


def count_execution(item: Item, *, sync: Sync | None = None) -> None:
    """The Item's last execution, counted once however often it is read; only Open Finance has limits."""
    at = item.last_updated_at
    if at is None or not item.connector.is_open_finance:
        return
    refused = refused_by(item)
    spent = [quota.name for quota in _due(item, at) if quota.name not in refused]
    _write(item, QuotaSpending.Kind.EXECUTION, at, (spent, sorted(refused)), sync)


def count_balance(item: Item, *, refused: bool = False) -> None:
    """A live balance call, or that the bank refused it because the month's calls are gone."""
    names = [regulated.BALANCE]
    told = ([], names) if refused else (names, [])
    _write(item, QuotaSpending.Kind.BALANCE, clock.now(), told)


def refused_by(item: Item) -> set[str]:
    """Limits that the last execution says are spent (`statusDetail`'s warnings)."""
    return {
        quota.name
        for quota in QUOTAS
        for code in _warning_codes(item, quota.detail)
        if code in quota.warnings and _is_the_one(quota, code, item)
    }


def document_of(item: Item) -> str:
    """The blind index of the document whose limits the Item spends; empty until an account names it."""
    accounts = Account.objects.of(item.company_id).filter(item=item).exclude(document_index="")
    return accounts.order_by("created_at", "id").values_list("document_index", flat=True).first() or ""


def _warning_codes(item: Item, detail: str) -> Iterable[str]:
    said = (item.status_detail or {}).get(detail) or {}
    return [warning["code"] for warning in said.get("warnings") or []]


def _is_the_one(quota: Quota, code: str, item: Item) -> bool:
    """A code that names several limits means the scarcest that the execution needed."""
    same = [other for other in QUOTAS if other.detail == quota.detail and code in other.warnings]
    if len(same) == 1:
        return True
    due = _due(item, item.last_updated_at or clock.now())
    needed = [other for other in same if other in due] or same
    return quota == min(needed, key=lambda other: (_left(other, item), other.per_month))


def _left(quota: Quota, item: Item) -> int:
    month = regulated.month_of(item.last_updated_at or clock.now())
    rows = spendings(item, month)
    return quota.per_month - sum(quota.name in row.spent for row in rows)


def spendings(item: Item, month: date) -> list[QuotaSpending]:
    """Everything spent in the month by anybody of this document at this institution."""
    document = document_of(item)
    rows = QuotaSpending.objects.of(item.company_id).filter(connector_id=item.connector_id, month=month)
    if not document:
        return list(rows.filter(item=item))
    items = list(
        Account.objects.of(item.company_id)
        .filter(document_index=document)
        .values_list("item_id", flat=True)
        .distinct()
    )
    return list(rows.filter(Q(document_index=document) | Q(document_index="", item__in=items)))


def _due(item: Item, at: datetime) -> list[Quota]:
    """The limits that collecting the Item's products takes one call of, now."""
    last: dict[str, datetime] = {}
    recent = _of(item).filter(kind=QuotaSpending.Kind.EXECUTION, at__gt=at - LONGEST_INTERVAL, at__lt=at)
    for row in recent.order_by("at"):
        last.update(dict.fromkeys(row.spent, row.at))
    return [
        quota
        for quota in QUOTAS
        if quota.product in item.products and regulated.is_due(quota, last.get(quota.name), at)
    ]


def _of(item: Item) -> TenantQuerySet[QuotaSpending]:
    return QuotaSpending.objects.of(item.company_id).filter(item=item)


def _write(
    item: Item, kind: str, at: datetime, told: tuple[list[str], list[str]], sync: Sync | None = None
) -> None:
    """`told`: the limits spent, and those that the bank says are gone."""
    QuotaSpending.objects.of(item.company_id).get_or_create(
        item=item,
        kind=kind,
        at=at,
        defaults={
            "company_id": item.company_id,
            "sync": sync,
            "connector_id": item.connector_id,
            "document_index": document_of(item),
            "month": regulated.month_of(at),
            "spent": told[0],
            "refused": told[1],
        },
    )
