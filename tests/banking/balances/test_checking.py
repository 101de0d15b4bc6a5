"""After a sync each balance is compared with its rows: nothing is written without news, nothing is silent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.banking.stories import Bank, sync
from tests.builders import make_account, make_transaction

from financehub.banking import manual
from financehub.banking.balances import checking
from financehub.banking.models import Account, BalanceObservation, GapReport, Transaction
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    """An account that was observed once, with R$ 500,00 and one row."""
    account = make_account(balance_cents=50_000, balance_at=clock.now())
    make_transaction(account=account, amount_cents=-1830, description="Padaria")
    read(account)
    return account


def read(account: Account, cents: int | None = None, *, wrote: bool = False, stale: bool = False) -> None:
    """The bank says this balance, and the sync is over."""
    if cents is not None:
        account.balance_cents, account.balance_at = cents, clock.now()
        account.save()
    checking.check_read([account], wrote={account.pk} if wrote else set(), stale=stale)


def report(account: Account) -> GapReport | None:
    return GapReport.objects.of(account.company_id).open().filter(account=account).first()


def said(account: Account) -> list[tuple[str, int]]:
    found = report(account)
    return [(part["cause"], part["cents"]) for part in found.parts] if found else []


class TestObserving:
    def test_begins_with_the_first_balance_as_its_anchor(self, account: Account) -> None:
        anchor = BalanceObservation.objects.of(account.company_id).get()
        assert (anchor.worth_cents, anchor.computed_cents, anchor.gap_cents, anchor.rows_cents) == (
            50_000, 50_000, 0, -1830,
        )  # fmt: skip

    def test_writes_nothing_without_news(self, account: Account) -> None:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(account)
        assert [query["sql"][:6] for query in queries] == ["SELECT"]
        assert BalanceObservation.objects.of(account.company_id).count() == 1

    def test_leaves_accounts_kept_by_hand_alone(self) -> None:
        by_hand = make_account(is_manual=True, balance_cents=100)
        read(by_hand)
        assert not BalanceObservation.objects.of(by_hand.company_id).exists()

    def test_computes_from_the_anchor_and_the_rows_since(self, account: Account) -> None:
        make_transaction(account=account, amount_cents=-200)
        read(account, 49_800, wrote=True)
        last = BalanceObservation.objects.of(account.company_id).order_by("-seen_at")[0]
        assert (last.worth_cents, last.computed_cents, last.gap_cents) == (49_800, 49_800, 0)
        assert report(account) is None

    def test_takes_a_cards_balance_as_a_debt(self) -> None:
        card = make_account(type="CREDIT", balance_cents=1000, balance_at=clock.now())
        read(card)
        make_transaction(account=card, amount_cents=-250, date=clock.today() - timedelta(days=1))
        read(card, 1250, wrote=True)
        last = BalanceObservation.objects.of(card.company_id).order_by("-seen_at")[0]
        assert (last.worth_cents, last.gap_cents) == (-1250, 0)


class TestReporting:
    def test_says_what_is_missing_since_when(self, account: Account) -> None:
        read(account, 42_223)
        found = report(account)
        assert found is not None
        assert (found.gap_cents, found.since, found.right_until) == (-7777, clock.today(), clock.today())
        assert said(account) == [("missing_rows", -7777)]

    def test_finds_a_copy_that_came_without_a_new_balance(self, account: Account) -> None:
        make_transaction(account=account, amount_cents=-1830, description="Padaria")
        read(account, wrote=True)
        assert said(account) == [("duplicate", 1830)]
        assert BalanceObservation.objects.of(account.company_id).count() == 1

    def test_closes_by_itself_when_the_row_arrives(self, account: Account) -> None:
        read(account, 42_223)
        make_transaction(account=account, amount_cents=-7777)
        read(account, wrote=True)
        closed = GapReport.objects.of(account.company_id).get()
        assert report(account) is None
        assert closed.closed_by == "healed"

    def test_explains_each_growth_by_itself(self, account: Account) -> None:
        read(account, 42_223)
        make_transaction(account=account, amount_cents=-555, source="manual")
        read(account, wrote=True)
        assert said(account) == [("missing_rows", -7777), ("manual_row", 555)]

    def test_writes_a_report_once_while_it_says_the_same(self, account: Account) -> None:
        read(account, 42_223)
        before = report(account)
        read(account, wrote=True)
        assert (before and before.changed_at) == (report(account) or GapReport()).changed_at

    def test_blames_stale_transactions_when_the_vendor_says_so(self, account: Account) -> None:
        read(account, 42_223, stale=True)
        found = report(account)
        assert found is not None
        assert found.parts[0]["hint"] == "rows_are_stale"

    def test_takes_an_old_row_that_came_late_as_counted_all_along(self, account: Account) -> None:
        make_transaction(account=account, amount_cents=-3131, date=clock.today() - timedelta(days=9))
        read(account, wrote=True)
        assert report(account) is None
        make_transaction(account=account, amount_cents=-100)
        read(account, 49_900, wrote=True)
        assert report(account) is None

    def test_takes_a_very_old_row_that_moves_the_balance_now_as_no_gap(self, account: Account) -> None:
        make_transaction(account=account, amount_cents=-3131, date=clock.today() - timedelta(days=200))
        read(account, 50_000 - 3131, wrote=True)
        assert report(account) is None

    def test_follows_a_person_who_deletes_the_copy(self, account: Account, by_ana) -> None:  # type: ignore[no-untyped-def]
        copy = make_transaction(account=account, amount_cents=-1830, description="Padaria")
        read(account, wrote=True)
        manual.delete_transaction(row=copy, by=by_ana)
        assert report(account) is None
        manual.restore_transaction(row=copy, by=by_ana)
        assert said(account) == [("duplicate", 1830)]


class TestASync:
    def test_of_a_quiet_bank_leaves_no_gap_and_no_second_observation(self, synced_bank: Bank) -> None:
        seen = BalanceObservation.objects.of(synced_bank.company)
        accounts = Account.objects.of(synced_bank.company).count()
        assert seen.count() == accounts
        sync(synced_bank, full=True)
        assert seen.count() == accounts
        assert not GapReport.objects.of(synced_bank.company).exists()

    def test_of_a_row_that_the_bank_changed_and_counted_leaves_no_gap(self, synced_bank: Bank) -> None:
        for kind in ("amount", "late", "backdated", "twin", "delete", "split"):
            synced_bank.mutate(kind, synced_bank.account())
            sync(synced_bank, full=True)
        assert not GapReport.objects.of(synced_bank.company).exists()

    def test_finds_a_row_that_the_feed_lost(self, synced_bank: Bank) -> None:
        rows = Transaction.objects.of(synced_bank.company).posted().filter(account=synced_bank.account())
        row = rows.order_by("-date")[0]
        Transaction.objects.of(synced_bank.company).filter(pk=row.pk).update(withdrawn_at=clock.now())
        account = synced_bank.account()
        checking.check(account)
        assert said(account) == [("missing_rows", row.amount_cents)]
