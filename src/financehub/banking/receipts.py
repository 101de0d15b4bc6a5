"""Receipts of syncs: a list with filters, one with its accounts, and the same as plain values for a program."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from financehub.banking.models import Account, Item, MonthFinding, Sync, SyncAccount
from financehub.banking.models.syncs import Receipt, SyncQuerySet
from financehub.companies.models import Company

FAILED = "failed"


@dataclass(frozen=True)
class SyncFilter:
    """What to list; nothing means everything. `state`: a status in small letters, or failed: the retry queue."""

    item_id: UUID | None = None
    trigger: str = ""
    state: str = ""


@dataclass(frozen=True)
class AccountReceipt:
    """One account's part of a sync."""

    account: Account
    receipt: SyncAccount


@dataclass(frozen=True)
class SyncSheet:
    """One sync in full."""

    sync: Sync
    accounts: list[AccountReceipt] = field(default_factory=list)


def page(
    company: Company, filters: SyncFilter, *, before: datetime | None = None, limit: int = 30
) -> list[Sync]:
    """Syncs asked for before a moment, newest first."""
    syncs = matching(Sync.objects.of(company), filters).select_related("item__connector")
    if before is not None:
        syncs = syncs.filter(requested_at__lt=before)
    return list(_light(syncs).order_by("-requested_at", "-pk")[:limit])


def matching(syncs: SyncQuerySet, filters: SyncFilter) -> SyncQuerySet:
    """The filters put on a set of syncs."""
    if filters.item_id is not None:
        syncs = syncs.filter(item_id=filters.item_id)
    if filters.trigger:
        syncs = syncs.filter(trigger=filters.trigger)
    if filters.state == FAILED:
        return syncs.troubled()
    return syncs.filter(status=filters.state.upper()) if filters.state else syncs


def sheet(sync: Sync) -> SyncSheet:
    """A sync with the receipt of each account, banks first."""
    rows = SyncAccount.objects.of(sync.company_id).filter(sync=sync).select_related("account")
    rows = rows.defer("account__number", "account__owner", "account__document")
    ordered = rows.order_by("account__type", "account__name", "pk")
    return SyncSheet(sync, [AccountReceipt(row.account, row) for row in ordered])


def findings(company: Company, item: Item, *, limit: int = 12) -> list[MonthFinding]:
    """What the nightly check found in the accounts of a connection, open ones first."""
    rows = MonthFinding.objects.of(company).filter(account__item=item).select_related("account")
    rows = rows.defer("account__number", "account__owner", "account__document")
    return sorted(rows.order_by("-found_at", "-pk")[:limit], key=lambda row: row.healed_at is not None)


def plain(sync: Sync, accounts: Iterable[SyncAccount]) -> dict[str, object]:
    """Everything a receipt holds, ready for JSON."""
    return {
        "id": str(sync.pk),
        "company": str(sync.company_id),
        "item": str(sync.item.pluggy_id),
        "status": sync.status,
        "trigger": sync.trigger,
        "full": sync.is_full,
        "requestedAt": sync.requested_at.isoformat(),
        "startedAt": _moment(sync.started_at),
        "finishedAt": _moment(sync.finished_at),
        "seconds": sync.seconds,
        "attempts": sync.attempts,
        "requests": sync.requests,
        "pages": sync.pages,
        "windowFrom": sync.window_from.isoformat() if sync.window_from else None,
        "readRows": sync.read_rows,
        "changedWhileRead": sync.changed_while_read,
        "rows": _counts(sync),
        "products": sync.products,
        "warnings": sync.warnings,
        "quotaUsed": sync.quota_used,
        "error": _error(sync),
        "accounts": [_of_account(row) for row in accounts],
    }


def _of_account(row: SyncAccount) -> dict[str, object]:
    return {
        "account": str(row.account_id),
        "windowFrom": row.window_from.isoformat() if row.window_from else None,
        "createdFrom": _moment(row.created_from),
        "pages": row.pages,
        "warnings": row.warnings,
        "rows": _counts(row),
    }


def _counts(receipt: Receipt) -> dict[str, object]:
    counts: dict[str, object] = {name: receipt.__dict__[name] for name in Receipt.COUNTS}
    return {**counts, "addsUp": receipt.adds_up, "knownAddsUp": receipt.known_adds_up}


def _error(sync: Sync) -> dict[str, object] | None:
    if not sync.error_code:
        return None
    again_at = sync.due_at.isoformat() if sync.status == Sync.Status.PENDING else None
    return {
        "code": sync.error_code,
        "action": sync.error_action,
        "message": sync.error_message,
        "againAt": again_at,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _light(syncs: SyncQuerySet) -> SyncQuerySet:
    return syncs.defer("item__parameter", "item__user_action")
