"""Pages as they came: one copy per content, sealed, forgotten after retention."""

from datetime import timedelta
from typing import Any

import pytest
from tests.banking.test_importing import payload
from tests.builders import make_account

from financehub.banking import rawstore
from financehub.banking.models import Account, RawPage
from financehub.core import clock
from financehub.providers.pluggy.shapes.transactions import TransactionPage, parse_transaction_page

pytestmark = pytest.mark.django_db


def page(*rows: bytes) -> TransactionPage:
    return parse_transaction_page(b'{"results":[' + b",".join(rows) + b'],"next":null}')[0]


def kept(account: Account) -> list[RawPage]:
    return list(RawPage.objects.of(account.company_id).filter(account=account))


def test_a_page_comes_back_byte_for_byte_and_is_sealed_in_the_table() -> None:
    account, fetched = make_account(), page(payload(description="Padaria"))
    rawstore.keep(account, [fetched], at=clock.now())
    (row,) = kept(account)
    assert rawstore.read(row) == fetched.raw_bytes
    assert (row.row_count, b"Padaria" in bytes(row.body)) == (1, False)


def test_the_same_content_is_kept_once_however_often_it_is_read() -> None:
    account, one, other = make_account(), page(payload()), page(payload(amount=-1))
    rawstore.keep(account, [one, one], at=clock.now())
    rawstore.keep(account, [one, other], at=clock.now())
    assert len(kept(account)) == 2


def test_two_accounts_keep_their_own_copies() -> None:
    first, second, same = make_account(), make_account(), page(payload())
    for account in (first, second):
        rawstore.keep(account, [same], at=clock.now())
    assert (len(kept(first)), len(kept(second))) == (1, 1)


def test_an_empty_page_is_not_kept() -> None:
    account = make_account()
    rawstore.keep(account, [page()], at=clock.now())
    assert kept(account) == []


def test_nothing_is_kept_where_retention_is_off(settings: Any) -> None:
    settings.RAW_RETENTION_DAYS = 0
    account = make_account()
    rawstore.keep(account, [page(payload())], at=clock.now())
    assert kept(account) == []


def test_pages_past_retention_are_forgotten(settings: Any) -> None:
    settings.RAW_RETENTION_DAYS = 90
    account, at = make_account(), clock.now()
    rawstore.keep(account, [page(payload())], at=at - timedelta(days=91))
    rawstore.keep(account, [page(payload(amount=-1))], at=at - timedelta(days=89))
    assert rawstore.drop_expired(at=at) == 1
    assert len(kept(account)) == 1


def test_what_the_vendor_still_sends_does_not_expire(settings: Any) -> None:
    settings.RAW_RETENTION_DAYS = 30
    account, at = make_account(), clock.now()
    rawstore.keep(account, [page(payload())], at=at)
    for days in (10, 20, 40):
        rawstore.keep(account, [page(payload())], at=at + timedelta(days=days))
    assert [row.fetched_at for row in kept(account)] == [at + timedelta(days=40)]
    rawstore.drop_expired(at=at + timedelta(days=60))
    assert len(kept(account)) == 1
