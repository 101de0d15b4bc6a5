"""Rows made again from raw pages are the rows of the syncs, as far as retention reaches."""

from datetime import date, timedelta
from threading import Event
from uuid import uuid4

import pytest
from pytest_django import Settings
from tests.banking.stories import Bank, sync
from tests.banking.test_importing import payload
from tests.builders import make_account
from tests.racing import race

from financehub.banking import rawstore, rebuilding
from financehub.banking.models import Account, RawPage, Transaction
from financehub.banking.rowstore_tables import UPDATED_COLUMNS
from financehub.core import clock
from financehub.providers.pluggy.shapes.transactions import parse_transaction_page

CONTENT = [column for column in UPDATED_COLUMNS if column != "details"]  # sealed anew at each writing


def content(bank: Bank) -> list[tuple[object, ...]]:
    found = Transaction.objects.of(bank.company).filter(account=bank.account(), withdrawn_at__isnull=True)
    return list(found.order_by("pluggy_id").values_list("pluggy_id", *CONTENT))


def days_before_any_row(bank: Bank) -> list[tuple[date, date]]:
    """What no page can tell of: the covered days before the first row that the bank shows."""
    start = bank.account().read_from
    rows = Transaction.objects.of(bank.company).filter(account=bank.account()).order_by("occurred_at")
    first = rows.values_list("occurred_at", flat=True)[0].date()
    assert start is not None
    return [(start, first - timedelta(days=1))] if first > start else []


def test_a_comparison_finds_every_row_and_writes_none(synced_bank: Bank) -> None:
    before = content(synced_bank)
    result = rebuilding.rebuild(synced_bank.account(), write=False)
    assert result.states == {"same": len(before)}
    assert (result.written, result.uncovered, result.unreadable) == (0, days_before_any_row(synced_bank), 0)
    assert content(synced_bank) == before


@pytest.mark.parametrize("kind", ["amount", "description", "delete", "late"])
def test_lost_rows_come_back_exactly_as_they_were(synced_bank: Bank, kind: str) -> None:
    account = synced_bank.account()
    synced_bank.mutate(kind, account)
    sync(synced_bank, full=True)
    before = content(synced_bank)
    shown = Transaction.objects.of(synced_bank.company).filter(account=account, withdrawn_at__isnull=True)
    shown.delete()

    result = rebuilding.rebuild(account, write=True)

    assert content(synced_bank) == before
    assert result.written >= len(before)
    assert rebuilding.rebuild(account, write=False).states["same"] == len(before)


@pytest.mark.parametrize("kind", ["rekey", "redate", "delete"])
def test_what_the_bank_took_back_or_gave_another_id_is_not_restored(synced_bank: Bank, kind: str) -> None:
    account = synced_bank.account()
    synced_bank.mutate(kind, account)
    sync(synced_bank, full=True)
    before = content(synced_bank)
    assert rebuilding.rebuild(account, write=True).written == 0
    assert content(synced_bank) == before


def test_a_row_whose_content_is_wrong_is_told_and_mended(synced_bank: Bank) -> None:
    before = content(synced_bank)
    row = Transaction.objects.of(synced_bank.company).filter(account=synced_bank.account()).latest("date")
    Transaction.objects.of(synced_bank.company).filter(pk=row.pk).update(
        amount_cents=7, content_hash=b"\0" * 16
    )
    assert rebuilding.rebuild(synced_bank.account(), write=False).states["different"] == 1
    assert rebuilding.rebuild(synced_bank.account(), write=True).written == 1
    assert content(synced_bank) == before


def test_days_without_a_page_are_named(synced_bank: Bank, settings: Settings) -> None:
    settings.RAW_RETENTION_DAYS = 30
    account = synced_bank.account()
    RawPage.objects.of(synced_bank.company).update(fetched_at=clock.now() - timedelta(days=31))
    assert rawstore.drop_expired(at=clock.now()) > 0
    result = rebuilding.rebuild(account, write=False)
    account.refresh_from_db()
    assert (result.pages, result.states) == (0, {})
    assert result.uncovered[0][0] <= account.read_from  # type: ignore[operator]
    assert result.uncovered[0][1] >= clock.today()


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_goes_on_while_others_write() -> None:
    account, count = make_account(), rebuilding.PAGES_AT_A_TIME * 2
    for _ in range(count):
        body = b'{"results":[' + payload(id=str(uuid4())) + b'],"next":null}'
        rawstore.keep(account, [parse_transaction_page(body)[0]], at=clock.now())
    is_over = Event()

    def rebuild() -> int:
        try:
            return rebuilding.rebuild(account, write=True).written
        finally:
            is_over.set()

    def write() -> int:
        writes = 0
        while not is_over.is_set():
            Account.objects.of(account.company_id).update(marketing_name=str(writes))
            writes += 1
        return writes

    written, writes = race(rebuild, write)
    assert (written, isinstance(writes, int)) == (count, True)
