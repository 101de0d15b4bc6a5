"""A sync against the real simulator: rows, receipts, and what must never happen."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from tests.banking.stories import Bank, sync

from financehub.audit.recording import SYSTEM
from financehub.banking import requesting, retrying, syncing
from financehub.banking.models import Account, Item, Sync, SyncAccount, Transaction
from financehub.core import clock


class Stumbling:
    """A client with a bug."""

    def fetch_item(self, _item_id: str) -> None:
        raise RuntimeError("a bug")


def rows(bank: Bank) -> "dict[str, int]":
    return dict(Transaction.objects.of(bank.company).values_list("pluggy_id", "amount_cents"))  # type: ignore[arg-type]


def test_the_first_sync_brings_every_row_of_a_year(bank: Bank) -> None:
    done = sync(bank)
    assert done.status == "SUCCEEDED"
    assert done.read == done.new == len(rows(bank)) > 300
    oldest = Transaction.objects.of(bank.company).order_by("date").values_list("date", flat=True).first()
    assert clock.today() - timedelta(days=366) <= oldest <= clock.today() - timedelta(days=360)  # type: ignore[operator]


def test_sums_of_rows_equal_the_vendors(bank: Bank) -> None:
    sync(bank)
    for account in Account.objects.of(bank.company):
        vendor_rows = [
            row
            for page in bank.simulator.client().iter_transaction_pages(
                str(account.pluggy_id), date_from=clock.today() - timedelta(days=365)
            )
            for row in page.rows
        ]
        expected = sum(
            (-1 if row.type == "DEBIT" else 1)
            * abs(int((row.amount_in_account_currency or row.amount) * 100))
            for row in vendor_rows
        )
        stored = list(
            Transaction.objects.of(bank.company)
            .filter(account=account)
            .values_list("amount_cents", flat=True)
        )
        assert (len(stored), sum(stored)) == (len(vendor_rows), expected)


def test_a_sync_with_no_news_reads_no_row(synced_bank: Bank) -> None:
    again = sync(synced_bank)
    assert (again.status, again.read_rows, again.read) == ("SUCCEEDED", False, 0)


def test_a_full_look_writes_no_row_when_nothing_changed(synced_bank: Bank) -> None:
    before = list(Transaction.objects.of(synced_bank.company).order_by("id").values())
    again = sync(synced_bank, full=True)
    assert again.read == again.unchanged == again.known_before == len(before)
    assert list(Transaction.objects.of(synced_bank.company).order_by("id").values()) == before


def test_a_changed_amount_changes_the_row_in_place(synced_bank: Bank) -> None:
    account = synced_bank.account()
    row = Transaction.objects.of(synced_bank.company).filter(account=account, status="POSTED").latest("date")
    synced_bank.mutate("amount", account, transactionId=str(row.pluggy_id), amount=-77.01)
    done = sync(synced_bank, full=True)
    row.refresh_from_db()
    assert (row.amount_cents, done.changed) == (-7701, 1)


def test_edits_survive_the_banks_own_changes(synced_bank: Bank) -> None:
    account = synced_bank.account()
    row = Transaction.objects.of(synced_bank.company).filter(account=account, status="POSTED").latest("date")
    Transaction.objects.of(synced_bank.company).filter(pk=row.pk).update(
        own_note="meu", own_category_id="11010000"
    )
    synced_bank.mutate("description", account, transactionId=str(row.pluggy_id), description="Outra coisa")
    sync(synced_bank, full=True)
    row.refresh_from_db()
    assert (row.description, row.own_note, row.own_category_id) == ("Outra coisa", "meu", "11010000")


def test_a_deleted_row_is_withdrawn_and_resumes_when_it_returns(synced_bank: Bank) -> None:
    account = synced_bank.account()
    row = Transaction.objects.of(synced_bank.company).filter(account=account, status="POSTED").latest("date")
    synced_bank.mutate("delete", account, transactionId=str(row.pluggy_id))
    gone = sync(synced_bank, full=True)
    row.refresh_from_db()
    assert gone.withdrawn == 1
    assert row.withdrawn_at is not None
    synced_bank.mutate("return", account, transactionId=str(row.pluggy_id))
    back = sync(synced_bank, full=True)
    row.refresh_from_db()
    assert (back.returned, row.withdrawn_at) == (1, None)


def test_late_and_backdated_rows_arrive_once(synced_bank: Bank) -> None:
    account = synced_bank.account()
    count = len(rows(synced_bank))
    synced_bank.mutate("late", account, days=3)
    synced_bank.mutate("backdated", account, days=40)
    done = sync(synced_bank)
    assert done.new == len(rows(synced_bank)) - count >= 2
    assert done.adds_up


def test_two_equal_rows_on_one_day_are_two(synced_bank: Bank) -> None:
    account = synced_bank.account()
    count = len(rows(synced_bank))
    synced_bank.mutate("twin", account)
    done = sync(synced_bank)
    assert done.new == len(rows(synced_bank)) - count >= 1


@pytest.mark.parametrize(
    "kind", ["amount", "rekey", "late", "backdated", "delete", "redate", "split", "twin"]
)
def test_every_receipt_adds_up_twice(synced_bank: Bank, kind: str) -> None:
    account = synced_bank.account("CREDIT")
    synced_bank.mutate(kind, account)
    done = sync(synced_bank, full=True)
    for receipt in [done, *SyncAccount.objects.of(synced_bank.company).filter(sync=done)]:
        assert receipt.read == receipt.new + receipt.changed + receipt.unchanged + receipt.returned
        assert receipt.known_before == receipt.changed + receipt.unchanged + receipt.withdrawn
    visible = Transaction.objects.of(synced_bank.company).visible().filter(account=account)
    listed = synced_bank.simulator.client().iter_transaction_pages(
        str(account.pluggy_id), date_from=clock.today() - timedelta(days=365)
    )
    vendor_ids = {row.id for page in listed for row in page.rows}
    assert vendor_ids <= {str(key) for key in visible.values_list("pluggy_id", flat=True)}


def test_a_row_that_cannot_be_holds_no_other_up(synced_bank: Bank) -> None:
    account = synced_bank.account()
    row = Transaction.objects.of(synced_bank.company).filter(account=account, status="POSTED").latest("date")
    synced_bank.mutate("late", account)
    at = clock.now()
    again = Sync.objects.create(
        company=synced_bank.company,
        item=synced_bank.item,
        trigger="timer",
        is_full=True,
        due_at=at,
        requested_at=at,
    )
    syncing.run_sync(sync_id=again.pk, vendor=synced_bank.simulator.tampered(str(row.pluggy_id), "no-id"))
    again.refresh_from_db()
    row.refresh_from_db()
    assert (again.status, again.new, row.withdrawn_at) == ("SUCCEEDED", 1, None)
    assert [warning["code"] for warning in again.warnings] == ["UNREADABLE_ROW"]


def test_a_balance_that_cannot_be_ends_the_sync_and_changes_nothing(synced_bank: Bank) -> None:
    account = synced_bank.account()
    row = Transaction.objects.of(synced_bank.company).filter(account=account, status="POSTED").latest("date")
    synced_bank.mutate("amount", account, transactionId=str(row.pluggy_id), amount=-(10**25))
    done = sync(synced_bank, full=True)
    before = account.balance_cents
    account.refresh_from_db()
    assert (done.status, done.error_code, account.balance_cents) == ("FAILED", "VENDOR_GARBLED", before)


def test_an_empty_answer_withdraws_nothing(synced_bank: Bank) -> None:
    count = Transaction.objects.of(synced_bank.company).visible().count()
    synced_bank.simulator.control(f"/items/{synced_bank.vendor_id}/revoke-consent")
    done = sync(synced_bank, full=True)
    assert done.withdrawn == 0
    assert Transaction.objects.of(synced_bank.company).visible().count() == count
    assert Account.objects.of(synced_bank.company).open().count() == 3


def test_a_request_while_one_waits_joins_it(bank: Bank) -> None:
    first = requesting.request_sync(item=bank.item, trigger="timer", by=SYSTEM)
    second = requesting.request_sync(item=bank.item, trigger="webhook", by=SYSTEM, full=True)
    first.refresh_from_db()
    assert (first.pk, first.is_full) == (second.pk, True)


def test_a_request_while_one_runs_makes_it_run_again(synced_bank: Bank) -> None:
    at = clock.now()
    running = Sync.objects.create(
        company=synced_bank.company, item=synced_bank.item, trigger="timer", due_at=at, requested_at=at
    )
    assert syncing._claim(running)
    requesting.request_sync(item=synced_bank.item, trigger="webhook", by=SYSTEM, full=True)
    syncing._run_claimed(running, synced_bank.simulator.client())
    statuses = Sync.objects.of(synced_bank.company).order_by("requested_at").values_list("status", "is_full")
    assert list(statuses)[-2:] == [("SUCCEEDED", False), ("PENDING", True)]


def test_a_sync_that_another_worker_took_over_stops_writing(synced_bank: Bank) -> None:
    at = clock.now()
    slow = Sync.objects.create(
        company=synced_bank.company, item=synced_bank.item, trigger="timer", due_at=at, requested_at=at
    )
    assert syncing._claim(slow)
    Sync.objects.of(synced_bank.company).filter(pk=slow.pk).update(attempts=2)
    with pytest.raises(retrying.LeaseLost):
        retrying.renew(slow)


def claimed(bank: Bank, **fields: Any) -> Sync:
    at = clock.now()
    row = Sync.objects.create(
        company=bank.company, item=bank.item, trigger="timer", due_at=at, requested_at=at, **fields
    )
    assert syncing._claim(row)
    return row


def test_a_worker_that_was_too_slow_neither_ends_nor_puts_back_what_another_runs(synced_bank: Bank) -> None:
    slow = claimed(synced_bank, is_full=True)
    Sync.objects.of(synced_bank.company).filter(pk=slow.pk).update(attempts=2)
    syncing._run_claimed(slow, synced_bank.simulator.client())
    slow.refresh_from_db()
    assert [slow.status, slow.attempts, slow.finished_at] == ["RUNNING", 2, None]


def test_a_connection_that_is_removed_while_it_is_read_ends_its_sync_quietly(synced_bank: Bank) -> None:
    row = claimed(synced_bank, is_full=True)
    Item.objects.of(synced_bank.company).delete()
    syncing._run_claimed(row, synced_bank.simulator.client())
    assert not Sync.objects.of(synced_bank.company).exists()


@pytest.mark.parametrize(("failures", "status"), [(0, "PENDING"), (4, "FAILED")])
def test_an_error_of_our_own_gives_the_sync_back_at_once(
    synced_bank: Bank, failures: int, status: str
) -> None:
    row = claimed(synced_bank, is_full=True, failures=failures)
    with pytest.raises(RuntimeError):
        syncing._run_claimed(row, Stumbling())  # type: ignore[arg-type]
    row.refresh_from_db()
    assert (row.status, row.error_code, row.lease_until) == (status, "WORKER_DIED", None)


def test_a_vendor_that_is_down_is_tried_again_later(synced_bank: Bank) -> None:
    synced_bank.simulator.control("/faults", kind="error", status=503, path="/items")
    failed = sync(synced_bank)
    assert (failed.status, failed.error_code, failed.attempts) == ("PENDING", "SERVICE_UNAVAILABLE", 1)
    assert failed.due_at > clock.now()


def test_an_item_deleted_at_the_vendor_ends_and_keeps_its_history(synced_bank: Bank) -> None:
    count = Transaction.objects.of(synced_bank.company).count()
    synced_bank.simulator.client().delete_item(synced_bank.vendor_id)
    done = sync(synced_bank)
    item = Item.objects.of(synced_bank.company).get()
    assert (done.status, done.error_code) == ("FAILED", "ITEM_DELETED")
    assert item.is_disconnected
    assert Transaction.objects.of(synced_bank.company).count() == count


def test_a_receipt_says_what_it_cost_and_how_far_back_it_looked(synced_bank: Bank) -> None:
    done = sync(synced_bank, full=True)
    accounts = SyncAccount.objects.of(synced_bank.company).filter(sync=done)
    assert done.requests > done.pages >= 3
    assert done.window_from == clock.today() - timedelta(days=365)
    assert done.adds_up
    assert done.known_adds_up
    assert all(account.created_from is None and account.known_adds_up for account in accounts)
    synced_bank.collect()
    later = SyncAccount.objects.of(synced_bank.company).filter(sync=sync(synced_bank))
    assert later
    assert all(account.created_from is not None and account.known_adds_up for account in later)


def test_a_failed_call_leaves_its_action_and_the_vendors_words(synced_bank: Bank) -> None:
    synced_bank.simulator.control("/faults", kind="garbage", path="/items")
    waiting = sync(synced_bank)
    assert (waiting.status, waiting.error_code) == ("PENDING", "VENDOR_GARBLED")
    assert waiting.error_action == "retry_with_backoff"
    assert waiting.error_message
    assert timedelta(seconds=110) < waiting.due_at - clock.now() <= timedelta(minutes=2)
    assert Sync.objects.of(synced_bank.company).troubled().get() == waiting


def test_an_item_that_moves_on_while_it_is_read_is_read_again(synced_bank: Bank) -> None:
    """The bank is collected anew between our first look and our last."""
    synced_bank.collect()
    faults = synced_bank.simulator
    faults.control("/faults", kind="slow", path="/bills", seconds=1.5, times=1)
    with ThreadPoolExecutor(1) as other:
        moving = other.submit(_collect_in_the_middle, synced_bank)
        first = sync(synced_bank)
        moving.result()
    synced_bank.item.refresh_from_db()
    assert (first.status, first.changed_while_read) == ("SUCCEEDED", True)
    assert synced_bank.item.has_news
    again = Sync.objects.of(synced_bank.company).open().get()
    syncing.run_sync(sync_id=again.pk)
    again.refresh_from_db()
    synced_bank.item.refresh_from_db()
    assert (again.status, again.read_rows, again.changed_while_read) == ("SUCCEEDED", True, False)
    assert not synced_bank.item.has_news


def _collect_in_the_middle(bank: Bank) -> None:
    time.sleep(0.8)
    bank.collect()
