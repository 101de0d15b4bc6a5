"""A sync: claim it, look at the Item, read what it holds, write the receipt, finish or go again."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from financehub.banking import (
    allotting,
    collecting,
    counting,
    observing,
    pacing,
    pluggy,
    reading,
    retrying,
    windows,
)
from financehub.banking.balances import checking
from financehub.banking.models import Account, Item, Sync, SyncAccount
from financehub.banking.problems import code_of
from financehub.banking.quotas import spending
from financehub.banking.reading import AccountRead
from financehub.banking.retrying import LEASE, LeaseLost
from financehub.banking.rowstore import Tally
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core import clock, events, jobs
from financehub.core.money import AmountOutOfRange
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.errors import (
    PluggyError,
    PluggyGarbled,
    PluggyNotFound,
    PluggyRateLimited,
    PluggyUnavailable,
)
from financehub.providers.pluggy.metering import metered

EMPTY_ANSWER = "EMPTY_ANSWER"
STILL_UPDATING_SECONDS = 5
PLAN_WITHOUT_SYNC = "PLAN_WITHOUT_SYNC"
RETRYABLE = (PluggyUnavailable, PluggyRateLimited, PluggyGarbled)

log = structlog.get_logger()


@dataclass
class Outcome:
    """What a run brought, before it is written into the Sync."""

    read_rows: bool = False
    changed_while_read: bool = False
    products: counting.Counts = field(default_factory=dict)
    accounts: dict[UUID, AccountRead] = field(default_factory=dict)
    left_out: list[UUID] = field(default_factory=list)  # accounts without a place in the plan, or not chosen
    warnings: list[dict[str, str]] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        """Whether anything was written, or is to be told."""
        moved = any(counts["new"] or counts["changed"] for counts in self.products.values())
        wrote = any(read.tally.wrote or read.tally.queued for read in self.accounts.values())
        return moved or wrote or self.changed_while_read or bool(self.warnings)


def run_sync(*, sync_id: UUID, vendor: PluggyClient | None = None) -> None:
    """Run one Sync to its end, or put it back for later. Safe to call twice: only one caller claims it."""
    sync = Sync.objects.across_companies().select_related("item__connector").filter(pk=sync_id).first()
    if sync is None or sync.status != Sync.Status.PENDING:
        return
    if not pacing.may_start() or not _claim(sync):
        return
    try:
        _run_claimed(sync, vendor or pluggy.client())
    finally:
        pacing.offer_waiting(due_by=clock.now())


def _claim(sync: Sync) -> bool:
    with pacing.room() as has_room:
        at = clock.now()
        started = sync.started_at or at
        return has_room and sync.try_move_to(
            Sync.Status.RUNNING, lease_until=at + LEASE, started_at=started, attempts=F("attempts") + 1
        )


def _run_claimed(sync: Sync, vendor: PluggyClient) -> None:
    """An error of our own or of the database must not keep the Sync until its lease ends."""
    has_ended = False
    try:
        with metered(partial(retrying.keep, sync)) as meter:
            refusal = partial(retrying.fail, sync, PLAN_WITHOUT_SYNC)
            end = _attempt(sync, vendor) if _may_sync(sync) else refusal
        sync.requests += meter.requests
        end()
        has_ended = True
    except (LeaseLost, observing.ItemRemoved, Item.DoesNotExist):
        has_ended = True  # another's now, or gone with its connection
        log.info("sync_lost", sync_id=str(sync.pk), attempts=sync.attempts)
    finally:
        if not has_ended:
            retrying.set_down(sync)


def _may_sync(sync: Sync) -> bool:
    """A plan may have ended while the Sync waited."""
    return entitlements.may(sync.item.company, Deed.SYNC).is_allowed


def _attempt(sync: Sync, vendor: PluggyClient) -> Callable[[], None]:
    """Do what can be done; how it ended, still to be written down."""
    try:
        item = _look(sync, vendor)
        if item.is_updating:
            return partial(retrying.put_back, sync, seconds=STILL_UPDATING_SECONDS)
        outcome = _collect(sync, item, vendor)
        if outcome.read_rows:  # what was read of an Item that moved on meanwhile may be of two moments
            outcome.changed_while_read = _look(sync, vendor).last_updated_at != item.last_updated_at
        return partial(_finish, sync, item, outcome)
    except PluggyNotFound:
        return partial(_end_gone, sync)
    except RETRYABLE as error:
        return partial(retrying.retry_or_fail, sync, error)
    except (PluggyError, AmountOutOfRange) as error:
        told = error.message if isinstance(error, PluggyError) else ""
        return partial(retrying.fail, sync, code_of(error), told)


def _look(sync: Sync, vendor: PluggyClient) -> Item:
    return observing.mirror(item=sync.item, snapshot=vendor.fetch_item(str(sync.item.pluggy_id)))


def _end_gone(sync: Sync) -> None:
    observing.mark_gone(sync.item)
    retrying.fail(sync, observing.ITEM_DELETED)


def _collect(sync: Sync, item: Item, vendor: PluggyClient) -> Outcome:
    """Read what the Item holds, unless it has nothing new and nobody asked for a full look."""
    outcome = Outcome()
    if item.last_updated_at is None or not (item.has_news or sync.is_full):
        return outcome
    outcome.read_rows = True
    with counting.counted() as outcome.products:
        _collect_all(sync, item, vendor, outcome)
    outcome.warnings = _warnings(item, outcome)
    return outcome


def _collect_all(sync: Sync, item: Item, vendor: PluggyClient, outcome: Outcome) -> None:
    at = clock.now()
    still_mine = partial(retrying.renew, sync)
    collecting.collect_consents(item, vendor)
    listed = collecting.collect_accounts(item, vendor, at=at)
    synced = allotting.line_of(item.company).synced
    accounts = [account for account in listed if account.pk in synced]
    outcome.left_out = [account.pk for account in listed if account.pk not in synced]
    for account in accounts:
        outcome.accounts[account.pk] = _read_account(sync, item, account, vendor, still_mine)
    for card in collecting.cards(accounts):
        collecting.collect_bills(card, vendor, at=at)
    _check_balances(item, accounts, outcome)
    collecting.collect_investments(item, vendor, at=at)
    collecting.collect_loans(item, vendor, at=at)
    collecting.collect_identity(item, vendor, at=at)


def _read_account(
    sync: Sync, item: Item, account: Account, vendor: PluggyClient, still_mine: Callable[[], None]
) -> AccountRead:
    days = windows.window_days(
        item.connector,
        last_sync_at=_read_before(item, account),
        is_full=sync.is_full,
        at=clock.now(),
    )
    return reading.read_account(
        account,
        vendor,
        window_from=reading.window_from(days),
        may_withdraw=may_withdraw(item, account),
        still_mine=still_mine,
    )


def _read_before(item: Item, account: Account) -> datetime | None:
    """None before the first read, and for an account that syncs have read around since."""
    is_new = account.cursor is None and account.read_from is None
    return None if is_new or account.left_out_since else item.last_sync_at


def may_withdraw(item: Item, account: Account) -> bool:
    """Only a healthy answer about this product proves that a row is gone."""
    return item.is_healthy and item.product_is_fresh("transactions") and _balance_is_fresh(item, account)


def _balance_is_fresh(item: Item, account: Account) -> bool:
    return item.product_is_fresh("creditCards" if account.is_card else "accounts")


def _check_balances(item: Item, accounts: list[Account], outcome: Outcome) -> None:
    """Only fresh balances are compared with their rows, and only where the bank showed rows at all."""
    reads = outcome.accounts
    fresh = [
        it for it in accounts if _balance_is_fresh(item, it) and EMPTY_ANSWER not in reads[it.pk].warnings
    ]
    wrote = {account_id for account_id, read in reads.items() if read.tally.wrote}
    checking.check_read(fresh, wrote=wrote, stale=not item.product_is_fresh("transactions"))


def _warnings(item: Item, outcome: Outcome) -> list[dict[str, str]]:
    vendor_says = [
        {"product": product, "code": warning["code"], "message": warning["message"]}
        for product, detail in (item.status_detail or {}).items()
        if detail
        for warning in detail.get("warnings") or []
    ]
    ours = [
        {"product": "transactions", "code": code, "message": str(account_id)}
        for account_id, read in outcome.accounts.items()
        for code in read.warnings
    ]
    return vendor_says + ours


def _finish(sync: Sync, item: Item, outcome: Outcome) -> None:
    """The receipt, the Item's mark and the next run, in one transaction under the Sync's lock."""
    at, total = clock.now(), Tally()
    for read in outcome.accounts.values():
        total.add(read.tally)
    with transaction.atomic():
        retrying.renew(sync)
        locked = Sync.objects.of(sync.company_id).select_for_update(no_key=True).get(pk=sync.pk)
        _write_receipts(locked, outcome)
        locked.move_to(
            Sync.Status.SUCCEEDED,
            finished_at=at,
            lease_until=None,
            read_rows=outcome.read_rows,
            changed_while_read=outcome.changed_while_read,
            requests=sync.requests,
            pages=sum(read.pages for read in outcome.accounts.values()),
            window_from=min((read.window_from for read in outcome.accounts.values()), default=None),
            products=outcome.products,
            warnings=outcome.warnings,
            error_code="",
            error_action="",
            error_message="",
            **total.__dict__,
        )
        if outcome.read_rows:
            _mark_read(item, at)
            _mark_left_out(item, outcome, at)
            spending.count_execution(item, sync=locked)
        if outcome.has_news or locked.trigger != Sync.Trigger.TIMER:
            events.publish(sync.company_id, "sync", sync.pk)
        if locked.again or outcome.changed_while_read:
            _go_again(locked, at)
        jobs.enqueue("banking.tell_of_sync", sync_id=str(sync.pk))
    counts = {name: value for name, value in total.__dict__.items() if value}
    log.info("sync_succeeded", sync_id=str(sync.pk), read_rows=outcome.read_rows, **counts)


def _write_receipts(sync: Sync, outcome: Outcome) -> None:
    SyncAccount.objects.of(sync.company_id).filter(sync=sync).delete()
    SyncAccount.objects.bulk_create(
        SyncAccount(
            company_id=sync.company_id,
            sync=sync,
            account_id=account_id,
            window_from=read.window_from,
            created_from=read.created_from,
            pages=read.pages,
            warnings=read.warnings,
            **read.tally.__dict__,
        )
        for account_id, read in outcome.accounts.items()
    )


def _mark_read(item: Item, at: datetime) -> None:
    Item.objects.of(item.company_id).filter(pk=item.pk).update(
        read_up_to=item.last_updated_at, last_sync_at=at
    )


def _mark_left_out(item: Item, outcome: Outcome, at: datetime) -> None:
    """Who was read around must be read back in full once it has a place again."""
    mine = Account.objects.of(item.company_id)
    mine.filter(pk__in=outcome.left_out, left_out_since=None).update(left_out_since=at)
    mine.filter(pk__in=list(outcome.accounts), left_out_since__isnull=False).update(left_out_since=None)


def _go_again(sync: Sync, at: datetime) -> None:
    again = Sync.objects.create(
        company_id=sync.company_id,
        item_id=sync.item_id,
        trigger=sync.trigger,
        is_full=sync.again_is_full,
        due_at=at,
        requested_at=at,
    )
    jobs.enqueue("banking.run_sync", sync_id=str(again.pk))


def totals(syncs: list[Sync]) -> dict[str, int]:
    """The sums of several receipts."""
    total: Counter[str] = Counter()
    for sync in syncs:
        total.update({name: sync.__dict__[name] for name in Sync.COUNTS})
    return dict(total)
