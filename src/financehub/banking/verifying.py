"""The nightly check: count and sum of every month, here and at Pluggy; a month that differs is read again and told.

Pages are streamed and only a pair of numbers per month is kept, so that memory is flat however many rows there are.
Where everything is equal nothing is written.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from financehub.banking import allotting, observing, reading, syncing
from financehub.banking.identity import readers
from financehub.banking.importing import AccountFacts, day_and_cents
from financehub.banking.models import Account, Item, MonthFinding, Sync, Transaction
from financehub.banking.windows import first_instant
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core import clock, events, locks
from financehub.providers.pluggy.client import PluggyClient

LEASE_SECONDS = 1800
NOTHING = (0, 0)

Months = dict[date, tuple[int, int]]
Reason = MonthFinding.Reason

log = structlog.get_logger()


class AccountMoved(Exception):
    """What was read is no longer this account's: a person has merged it, or taken that back."""


@dataclass(frozen=True)
class Comparison:
    """Count and sum by month, at the vendor and here, of the rows since the first day that syncs covered."""

    theirs: Months
    ours: Months

    @property
    def differing(self) -> list[date]:
        months = sorted(self.theirs.keys() | self.ours.keys())
        return [month for month in months if self.at_vendor(month) != self.here(month)]

    def at_vendor(self, month: date) -> tuple[int, int]:
        return self.theirs.get(month, NOTHING)

    def here(self, month: date) -> tuple[int, int]:
        return self.ours.get(month, NOTHING)


def verify_item(*, item: Item, vendor: PluggyClient) -> list[MonthFinding]:
    """Check every synced account of a connection that is at rest and fresh; the findings of this night."""
    if not entitlements.may(item.company, Deed.SYNC).is_allowed:
        return []
    item = observing.mirror(item=item, snapshot=vendor.fetch_item(str(item.pluggy_id)))
    if not item.is_healthy or item.has_news or _is_being_synced(item):
        return []
    lease = readers.checking(item.pk)
    holder = locks.try_acquire(lease, seconds=LEASE_SECONDS)
    if holder is None:
        return []
    try:
        synced = allotting.line_of(item.company).synced
        accounts = Account.objects.of(item.company_id).filter(
            item=item, read_from__isnull=False, pk__in=synced
        )
        return [
            finding
            for account in accounts.filter(left_out_since=None)
            for finding in _verify(item, account, vendor)
        ]
    finally:
        locks.release(lease, holder)


def compare(account: Account, vendor: PluggyClient) -> Comparison:
    """The vendor first: what a sync writes meanwhile is then here, and not taken for missing."""
    theirs = _vendor_months(account, vendor)
    return Comparison(theirs, _own_months(account))


def _verify(item: Item, account: Account, vendor: PluggyClient) -> list[MonthFinding]:
    found = compare(account, vendor)
    if found.differing and not _is_being_synced(item):
        found = compare(account, vendor)  # a row that came between the two looks is no finding
    if not found.differing or _is_being_synced(item):
        _close(account, still_open=found.differing)
        return []
    at = clock.now()
    if not found.theirs:
        return _tell(account, found, Reason.EMPTY_ANSWER, at)
    may_withdraw = syncing.may_withdraw(item, account)
    try:
        _heal(account, vendor, found.differing[0], may_withdraw=may_withdraw)
    except AccountMoved:
        return []  # the next night looks at what it has become
    after = compare(account, vendor)
    findings = _tell(account, found, Reason.DIFFERED if may_withdraw else Reason.STALE, at)
    _close(account, still_open=after.differing)
    for finding in findings:
        finding.refresh_from_db()
    return findings


def _heal(account: Account, vendor: PluggyClient, first: date, *, may_withdraw: bool) -> None:
    """The normal read, from the first month that differs."""
    reading.read_account(
        account,
        vendor,
        window_from=first,
        may_withdraw=may_withdraw,
        still_mine=partial(_still_there, account),
    )


def _still_there(account: Account) -> None:
    """A sync beside us does no harm: rows are written by content. But an account may have been merged meanwhile."""
    now = Account.objects.of(account.company_id).filter(pk=account.pk, pluggy_id=account.pluggy_id).first()
    if now is None:
        raise AccountMoved
    account.cursor, account.read_from = now.cursor, now.read_from


def _vendor_months(account: Account, vendor: PluggyClient) -> Months:
    facts = AccountFacts(account.type, account.currency)
    counts: dict[date, int] = defaultdict(int)
    cents: dict[date, int] = defaultdict(int)
    for page in vendor.iter_transaction_pages(str(account.pluggy_id), date_from=account.read_from):
        for row in page.rows:
            try:
                UUID(row.id)
                day, amount = day_and_cents(row, facts)
            except ValueError:
                continue  # no sync could store it either
            month = day.replace(day=1)
            counts[month] += 1
            cents[month] += amount
    return {month: (counts[month], cents[month]) for month in counts}


def _own_months(account: Account) -> Months:
    """Rows of the vendor that are not withdrawn; what a person deleted is still the bank's."""
    rows = Transaction.objects.of(account.company_id).filter(
        account=account, source=Transaction.Source.VENDOR, withdrawn_at__isnull=True
    )
    if account.read_from is not None:
        rows = rows.filter(occurred_at__gte=first_instant(account.read_from))
    sums = rows.annotate(month=TruncMonth("date")).values("month")
    return {
        row["month"]: (row["count"], row["cents"])
        for row in sums.annotate(count=Count("id"), cents=Sum("amount_cents"))
    }


def _tell(account: Account, found: Comparison, reason: str, at: datetime) -> list[MonthFinding]:
    """A row for each month that differed; one that was told before and is the same is left as it is."""
    with transaction.atomic():
        told = [_tell_month(account, month, found, reason, at) for month in found.differing]
        events.publish(account.company_id, "account", account.pk)
    log.warning("months_differ", account_id=str(account.pk), months=len(told), reason=reason)
    return told


def _tell_month(account: Account, month: date, found: Comparison, reason: str, at: datetime) -> MonthFinding:
    vendor_count, vendor_cents = found.at_vendor(month)
    our_count, our_cents = found.here(month)
    numbers = {
        "reason": reason,
        "vendor_count": vendor_count,
        "vendor_cents": vendor_cents,
        "our_count": our_count,
        "our_cents": our_cents,
        **_done_to(account, month, since=at),
    }
    finding, created = MonthFinding.objects.of(account.company_id).get_or_create(
        account=account,
        month=month,
        healed_at=None,
        defaults={"company_id": account.company_id, "found_at": at, **numbers},
    )
    differs = any(finding.__dict__[name] != value for name, value in numbers.items())
    if not created and differs:
        for name, value in numbers.items():
            setattr(finding, name, value)
        finding.save(update_fields=list(numbers))
    return finding


def _done_to(account: Account, month: date, *, since: datetime) -> dict[str, int]:
    """What healing did to the rows of one month."""
    rows = Transaction.objects.of(account.company_id).filter(
        account=account, date__year=month.year, date__month=month.month
    )
    moved = rows.filter(changed_at__gte=since, created_at__lt=since)
    return {
        "new": rows.filter(created_at__gte=since).count(),
        "changed": moved.filter(withdrawn_at__isnull=True).count(),
        "withdrawn": moved.filter(withdrawn_at__gte=since).count(),
    }


def _close(account: Account, *, still_open: list[date]) -> None:
    """Findings of months that are equal now are healed."""
    open_ones = MonthFinding.objects.of(account.company_id).filter(account=account, healed_at__isnull=True)
    healed = [finding.pk for finding in open_ones if finding.month not in still_open]
    if healed:
        with transaction.atomic():
            MonthFinding.objects.of(account.company_id).filter(pk__in=healed).update(healed_at=clock.now())
            events.publish(account.company_id, "account", account.pk)


def _is_being_synced(item: Item) -> bool:
    return Sync.objects.of(item.company_id).open().filter(item=item).exists()
