"""A live balance is fetched for a click, spends a limit, and is refused when that is spent."""

import pytest
from tests.banking.quotas import open_finance
from tests.banking.stories import Bank
from tests.builders import make_account
from tests.simulator import Simulator

from financehub.audit.recording import Actor
from financehub.banking.balances import live
from financehub.banking.models import QuotaSpending
from financehub.banking.quotas import ledger
from financehub.banking.quotas.guarding import QuotaSpent
from financehub.companies.models import Company


def test_the_balance_of_now_is_stored(synced_bank: Bank, by_ana: Actor) -> None:
    account = synced_bank.account()
    before = account.balance_at
    refreshed = live.refresh_balance(account=account, by=by_ana)
    assert refreshed.balance_at != before
    assert refreshed.balance_cents == account.balance_cents


def test_a_card_and_an_account_kept_by_hand_have_none(db: None, by_ana: Actor) -> None:
    for account in (make_account(type="CREDIT"), make_account(is_manual=True)):
        with pytest.raises(live.NoLiveBalance):
            live.refresh_balance(account=account, by=by_ana)


def test_a_call_spends_the_limit_of_the_person_at_the_bank(
    simulator: Simulator, bakery: Company, by_ana: Actor
) -> None:
    bank = open_finance.connect(simulator, bakery)
    live.refresh_balance(account=bank.account(), by=by_ana)
    line = next(line for line in ledger.lines(bank.item) if line.name == "accounts_balance")
    assert line.used == 2  # the execution's own, and this one


def test_a_spent_limit_is_learnt_from_the_bank_and_then_refused_here(
    simulator: Simulator, bakery: Company, by_ana: Actor
) -> None:
    bank = open_finance.connect(simulator, bakery)
    open_finance.use_up(simulator, "accounts_balance", 420)
    account = bank.account()
    with pytest.raises(QuotaSpent):
        live.refresh_balance(account=account, by=by_ana)
    refusals = QuotaSpending.objects.of(bakery).filter(kind="balance")
    assert [row.refused for row in refusals] == [["accounts_balance"]]
    with pytest.raises(QuotaSpent):
        live.refresh_balance(account=account, by=by_ana)
    assert refusals.count() == 1
