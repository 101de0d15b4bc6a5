"""Which rows a balance is made of."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_transaction

from financehub.banking.balances import counting
from financehub.banking.models import Account, BalanceObservation
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return make_account(balance_cents=50_000, balance_at=clock.now())


def base_of(account: Account) -> BalanceObservation:
    at = clock.now()
    sums = counting.sums(account, None)
    return BalanceObservation.objects.create(
        company=account.company, account=account, day=clock.today(), observed_at=at, seen_at=at,
        worth_cents=counting.worth(account), counted_from=sums.counted_from, rows_cents=sums.since_new,
        computed_cents=counting.worth(account), gap_cents=0,
    )  # fmt: skip


def test_a_bank_account_holds_its_posted_rows_also_ignored_ones(account: Account) -> None:
    make_transaction(account=account, amount_cents=-100)
    make_transaction(account=account, amount_cents=-20, is_ignored=True)
    make_transaction(account=account, amount_cents=-7, status="PENDING")
    make_transaction(account=account, amount_cents=-3, deleted_at=clock.now())
    make_transaction(account=account, amount_cents=-1, withdrawn_at=clock.now())
    assert counting.sums(account, None).since_new == -120


def test_a_card_holds_pending_rows_too_but_none_of_the_future() -> None:
    card = make_account(type="CREDIT", balance_cents=900, balance_at=clock.now())
    make_transaction(
        account=card, amount_cents=-700, status="PENDING", date=clock.today() - timedelta(days=1)
    )
    make_transaction(account=card, amount_cents=-300, date=clock.today() + timedelta(days=30))
    assert (counting.worth(card), counting.sums(card, None).since_new) == (-900, -700)


def test_rows_of_before_the_counted_days_are_left_out_of_both_sums(account: Account) -> None:
    make_transaction(account=account, amount_cents=-100, date=clock.today() - timedelta(days=300))
    make_transaction(account=account, amount_cents=-5)
    base = base_of(account)
    assert (counting.sums(account, base).since_base, counting.sums(account, base).since_new) == (-5, -5)


def test_the_rows_of_a_diagnosis_are_history_and_news_without_what_went_before(account: Account) -> None:
    make_transaction(account=account, amount_cents=-1, withdrawn_at=clock.now())
    make_transaction(account=account, amount_cents=-2, description="Padaria São João 12")
    base = base_of(account)
    make_transaction(account=account, amount_cents=-3, date=clock.today() - timedelta(days=200))
    hand = make_transaction(account=account, amount_cents=-4, source="manual")
    rows = {row.cents: row for row in counting.rows_of(account, base)}
    assert sorted(rows) == [-4, -3, -2]
    assert (rows[-2].text, rows[-2].counted, rows[-3].is_old, rows[-3].counted) == (
        "padaria sao joao", True, True, False,
    )  # fmt: skip
    assert (rows[-4].id, rows[-4].is_manual, rows[-4].arrived > base.seen_at) == (str(hand.pk), True, True)


def test_the_day_of_a_balance_is_the_banks(account: Account) -> None:
    account.balance_at = clock.start_of_day(clock.today()) - timedelta(minutes=1)
    assert counting.day_of(account) == clock.today() - timedelta(days=1)
