"""A row the bank no longer shows is marked, once, and keeps everything a person set."""

from uuid import uuid4

import pytest
from tests.builders import make_account, make_transaction

from financehub.banking import withdrawing
from financehub.banking.models import Transaction
from financehub.core import events

pytestmark = pytest.mark.django_db


def test_the_row_stays_with_its_edits_and_leaves_every_sum() -> None:
    row = make_transaction(own_note="meu")
    assert withdrawing.withdraw(account=row.account, pluggy_ids=[row.pluggy_id]) == 1
    row.refresh_from_db()
    assert (row.withdrawn_at is not None, row.own_note) == (True, "meu")
    assert not Transaction.objects.of(row.company_id).counted().exists()


def test_a_notice_that_comes_twice_changes_nothing_the_second_time() -> None:
    row = make_transaction()
    withdrawing.withdraw(account=row.account, pluggy_ids=[row.pluggy_id])
    row.refresh_from_db()
    first, number = row.withdrawn_at, events.last_number(row.company_id)
    assert withdrawing.withdraw(account=row.account, pluggy_ids=[row.pluggy_id]) == 0
    row.refresh_from_db()
    assert (row.withdrawn_at, events.last_number(row.company_id)) == (first, number)


def test_an_id_of_another_account_or_of_nobody_withdraws_nothing() -> None:
    row = make_transaction()
    other = make_account(item=row.account.item, company=row.company)
    assert withdrawing.withdraw(account=other, pluggy_ids=[row.pluggy_id, uuid4()]) == 0
    assert Transaction.objects.of(row.company_id).visible().count() == 1


def test_more_ids_than_one_statement_takes_are_all_marked() -> None:
    account = make_account()
    rows = [make_transaction(account=account) for _ in range(3)]
    ids = [uuid4() for _ in range(withdrawing.IDS_PER_UPDATE)] + [row.pluggy_id for row in rows]
    assert withdrawing.withdraw(account=account, pluggy_ids=ids) == 3
