"""The numbers of each screen equal the rows they are made of."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import make_account, make_company, make_item, make_transaction

from financehub.banking import reports
from financehub.banking.models import CreditCardBill, Item, ParkedItem, Sync, SyncAccount
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


def make_sync(item: Item, status: str, *, minutes_ago: int = 0, **fields: object) -> Sync:
    at = clock.now() - timedelta(minutes=minutes_ago)
    return Sync.objects.create(
        company=item.company,
        item=item,
        status=status,
        trigger="first",
        due_at=at,
        requested_at=at,
        **{"read_rows": True, **fields},
    )


class TestHome:
    def test_adds_up_cash_in_reais_and_keeps_other_money_apart(self, bakery: Company) -> None:
        make_account(company=bakery, balance_cents=100_050)
        make_account(company=bakery, balance_cents=-50)
        make_account(company=bakery, balance_cents=700, currency="USD")
        card = make_account(company=bakery, balance_cents=12_345, type="CREDIT")
        make_transaction(account=card, amount_cents=-9_999)
        make_account(balance_cents=1)  # somebody else's

        home = reports.home(bakery)

        assert home.cash_cents == 100_000
        assert home.other_cash == {"USD": 700}
        assert [card.open_bill_cents for card in home.cards] == [9_999]  # not what is owed with older bills

    def test_is_as_old_as_its_oldest_number(self, bakery: Company) -> None:
        now = clock.now()
        make_account(company=bakery, balance_at=now)
        make_account(company=bakery, balance_at=now - timedelta(days=2))

        assert reports.home(bakery).cash_at == now - timedelta(days=2)

    def test_is_empty_without_accounts(self, bakery: Company) -> None:
        home = reports.home(bakery)

        assert home.is_empty
        assert home.cash_cents == 0
        assert home.cash_at is None

    def test_leaves_out_what_was_disconnected_or_archived(self, bakery: Company) -> None:
        gone = make_item(company=bakery, disconnected_at=clock.now())
        make_account(company=bakery, item=gone, balance_cents=5)
        make_account(company=bakery, is_manual=True, balance_cents=5, archived_at=clock.now())

        assert reports.home(bakery).is_empty

    def test_names_the_connections_that_wait_for_a_person(self, bakery: Company) -> None:
        make_item(company=bakery)
        waiting = make_item(company=bakery, status="LOGIN_ERROR", execution_status="INVALID_CREDENTIALS")

        assert [card.item.pk for card in reports.home(bakery).attention] == [waiting.pk]

    def test_takes_no_more_queries_for_more_accounts(self, bakery: Company) -> None:
        item = make_item(company=bakery)
        make_account(company=bakery, item=item)
        with CaptureQueriesContext(connection) as few:
            reports.home(bakery)
        for _ in range(4):
            make_transaction(account=make_account(company=bakery, item=make_item(company=bakery)))
        with CaptureQueriesContext(connection) as many:
            reports.home(bakery)

        assert len(many) == len(few)


class TestSparkline:
    def test_ends_at_the_balance_and_goes_back_through_the_rows(self, bakery: Company) -> None:
        account = make_account(company=bakery, balance_cents=1_000)
        today = clock.today()
        make_transaction(account=account, amount_cents=-300, date=today)
        make_transaction(account=account, amount_cents=500, date=today - timedelta(days=1))
        make_transaction(account=account, amount_cents=-1, date=today, status="PENDING")

        line = reports.home(bakery).accounts[0]

        assert len(line.sparkline) == 30
        assert line.sparkline[-4:] == [800, 800, 1_300, 1_000]


class TestMonths:
    def test_gives_twelve_months_that_end_with_this_one(self, bakery: Company) -> None:
        this_month = clock.today().replace(day=1)

        months = [flow.month for flow in reports.months(bakery)]

        assert len(months) == 12
        assert months[-1] == this_month
        assert months[0] == date(this_month.year - (this_month.month < 12), this_month.month % 12 + 1, 1)

    def test_puts_each_row_in_the_month_of_its_bank_day(self, bakery: Company) -> None:
        account = make_account(company=bakery)
        today = clock.today()
        last_of_previous = today.replace(day=1) - timedelta(days=1)
        make_transaction(account=account, amount_cents=1_000, date=today)
        make_transaction(account=account, amount_cents=-250, date=today)
        make_transaction(account=account, amount_cents=-70, date=last_of_previous)

        *_, previous, current = reports.months(bakery)

        assert (current.income_cents, current.expense_cents, current.left_cents) == (1_000, 250, 750)
        assert (previous.income_cents, previous.expense_cents) == (0, 70)

    @pytest.mark.parametrize(
        "fields",
        [
            {"status": "PENDING"},
            {"is_ignored": True},
            {"withdrawn_at": clock.now()},
            {"deleted_at": clock.now()},
            {"currency": "USD"},
            {"date": clock.today() + timedelta(days=1)},
            {"category_id": "04020000"},
            {"category_id": "05100000"},
            {"category_id": "03010000"},
            {"category_id": "10000000", "own_category_id": "04000000"},
        ],
        ids=" ".join,
    )
    def test_leaves_out_what_is_neither_earned_nor_spent(
        self, bakery: Company, fields: dict[str, object]
    ) -> None:
        make_transaction(account=make_account(company=bakery), **fields)

        assert reports.months(bakery)[-1].expense_cents == 0

    def test_counts_a_transfer_that_a_person_called_an_expense(self, bakery: Company) -> None:
        account = make_account(company=bakery)
        make_transaction(
            account=account, amount_cents=-10, category_id="04020000", own_category_id="10000000"
        )

        assert reports.months(bakery)[-1].expense_cents == 10

    def test_counts_everything_of_one_account(self, bakery: Company) -> None:
        account = make_account(company=bakery)
        make_transaction(account=account, amount_cents=-10, category_id="04020000")
        make_transaction(account=make_account(company=bakery), amount_cents=-1)

        assert reports.months(bakery, account=account)[-1].expense_cents == 10


class TestConnections:
    def test_tells_the_last_good_sync_from_the_one_that_runs(self, bakery: Company) -> None:
        item = make_item(company=bakery)
        make_sync(item, "SUCCEEDED", minutes_ago=90)
        good = make_sync(item, "SUCCEEDED", minutes_ago=60, new=3)
        running = make_sync(item, "RUNNING")

        (card,) = reports.connections(bakery)

        assert card.last_sync == good
        assert card.open_sync == running
        assert card.failed_sync is None

    def test_keeps_showing_the_receipt_that_has_rows(self, bakery: Company) -> None:
        item = make_item(company=bakery)
        with_rows = make_sync(item, "SUCCEEDED", minutes_ago=60, read=3, new=3)
        make_sync(item, "SUCCEEDED", read_rows=False)

        assert reports.connections(bakery)[0].last_sync == with_rows
        assert reports.connection(bakery, item).last_sync == with_rows

    def test_says_when_the_newest_sync_failed(self, bakery: Company) -> None:
        item = make_item(company=bakery)
        make_sync(item, "SUCCEEDED", minutes_ago=60)
        failed = make_sync(item, "FAILED")

        (card,) = reports.connections(bakery)

        assert card.failed_sync == failed
        assert card.open_sync is None

    def test_puts_those_that_wait_for_a_person_first(self, bakery: Company) -> None:
        waiting = make_item(
            company=bakery, status="WAITING_USER_INPUT", execution_status="WAITING_USER_INPUT"
        )
        make_item(company=bakery)

        cards = reports.connections(bakery)

        assert [card.state for card in cards] == ["waiting_input", "healthy"]
        assert cards[0].item == waiting

    def test_gives_each_bank_its_own_accounts(self, bakery: Company) -> None:
        first, second = make_item(company=bakery), make_item(company=bakery)
        account = make_account(company=bakery, item=first)

        by_item = {card.item.pk: card.accounts for card in reports.connections(bakery)}

        assert by_item == {first.pk: [account], second.pk: []}

    def test_expects_nothing_when_the_vendor_stopped_its_own_updates(self, bakery: Company) -> None:
        now = clock.now()
        make_item(company=bakery, next_auto_sync_at=now, auto_sync_disabled_at=now)

        assert reports.connections(bakery)[0].next_expected_at is None

    def test_leaves_out_disconnected_and_foreign_ones(self, bakery: Company) -> None:
        make_item(company=bakery, disconnected_at=clock.now())
        make_item()

        assert reports.connections(bakery) == []


class TestStateOf:
    @pytest.mark.parametrize(
        ("status", "execution", "state"),
        [
            ("UPDATED", "SUCCESS", "healthy"),
            ("UPDATED", "PARTIAL_SUCCESS", "partial"),
            ("UPDATING", "LOGIN_IN_PROGRESS", "updating"),
            ("WAITING_USER_INPUT", "WAITING_USER_INPUT", "waiting_input"),
            ("WAITING_USER_ACTION", "WAITING_USER_ACTION", "waiting_action"),
            ("LOGIN_ERROR", "INVALID_CREDENTIALS", "reconnect"),
            ("OUTDATED", "USER_AUTHORIZATION_REVOKED", "reconnect"),
            ("OUTDATED", "SITE_NOT_AVAILABLE", "failed"),
            ("A_NEW_WORD", "", "failed"),
        ],
    )
    def test_finds_one_word_for_every_status(self, status: str, execution: str, state: str) -> None:
        assert reports.state_of(Item(status=status, execution_status=execution)) == state


class TestAccountSheet:
    def test_brings_bills_newest_first_and_the_last_receipt(self, bakery: Company) -> None:
        card = make_account(company=bakery, type="CREDIT", balance_cents=5)
        for month in (1, 3, 2):
            CreditCardBill.objects.create(
                company=bakery,
                account=card,
                pluggy_id=str(month),
                due_date=date(2026, month, 10),
                total_cents=month,
                currency="BRL",
                created_at=clock.now(),
            )
        sync = make_sync(Item.objects.of(bakery).get(), "SUCCEEDED")
        receipt = SyncAccount.objects.create(company=bakery, sync=sync, account=card, read=4, new=4)

        sheet = reports.account_sheet(bakery, card)

        assert [bill.total_cents for bill in sheet.bills] == [3, 2, 1]
        assert sheet.receipt == receipt
        assert sheet.open_sync is None

    def test_has_no_receipt_for_a_manual_account(self, bakery: Company) -> None:
        account = make_account(company=bakery, is_manual=True, balance_cents=77)

        sheet = reports.account_sheet(bakery, account)

        assert (sheet.receipt, sheet.open_sync, sheet.bills) == (None, None, [])
        assert isinstance(sheet.line, reports.AccountLine)
        assert sheet.line.balance_cents == 77


class TestParked:
    def test_shows_only_what_this_company_still_has_to_decide(self, bakery: Company) -> None:
        other = make_company()
        rows = [
            ParkedItem.objects.create(
                company_id=company.pk,
                pluggy_id=f"{number:032x}",
                reason="no_open_attempt",
                created_at=clock.now(),
            )
            for number, company in enumerate((bakery, bakery, other))
        ]
        ParkedItem.objects.filter(pk=rows[1].pk).update(resolved_at=clock.now())

        assert reports.parked(bakery) == [rows[0]]
