"""Reading single transactions again by id."""

from uuid import uuid4

import pytest
from tests.banking.stories import Bank

from financehub.banking import rereading
from financehub.banking.models import Transaction
from financehub.core.models import Event


@pytest.fixture
def row(synced_bank: Bank) -> Transaction:
    rows = Transaction.objects.of(synced_bank.company).filter(account=synced_bank.account())
    return rows.order_by("date").first()  # type: ignore[return-value]


def spoil(row: Transaction, **fields: object) -> None:
    Transaction.objects.of(row.company_id).filter(pk=row.pk).update(**fields)


def test_a_changed_row_is_brought_up_to_date_and_told(row: Transaction) -> None:
    spoil(row, amount_cents=1, content_hash=b"0" * 16)
    before = Event.objects.count()

    tally = rereading.reread(account=row.account, pluggy_ids=[row.pluggy_id])

    assert (tally.read, tally.changed) == (1, 1)
    assert Transaction.objects.of(row.company_id).get(pk=row.pk).amount_cents == row.amount_cents
    assert Event.objects.count() == before + 1


def test_a_row_that_is_as_it_was_writes_nothing(row: Transaction) -> None:
    before = Event.objects.count()
    tally = rereading.reread(account=row.account, pluggy_ids=[row.pluggy_id])
    assert (tally.unchanged, tally.wrote) == (1, False)
    assert Event.objects.count() == before


def test_a_row_withdrawn_too_early_returns(row: Transaction) -> None:
    spoil(row, withdrawn_at=row.created_at)
    assert rereading.reread(account=row.account, pluggy_ids=[row.pluggy_id]).returned == 1
    assert Transaction.objects.of(row.company_id).get(pk=row.pk).withdrawn_at is None


def test_a_newer_version_is_never_overwritten(row: Transaction) -> None:
    spoil(row, description="newer", content_hash=b"0" * 16, vendor_updated_at="2999-01-01T00:00:00Z")
    rereading.reread(account=row.account, pluggy_ids=[row.pluggy_id])
    assert Transaction.objects.of(row.company_id).get(pk=row.pk).description == "newer"


def test_rows_we_do_not_know_are_left_to_a_sync(row: Transaction) -> None:
    assert rereading.reread(account=row.account, pluggy_ids=[uuid4()]).read == 0
