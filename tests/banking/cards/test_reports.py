"""The cards screen's numbers from a synced bank, and from rows built by hand."""

from datetime import date

import pytest
from tests.banking.stories import Bank, sync
from tests.builders import make_account, make_transaction

from financehub.audit.recording import SYSTEM
from financehub.banking import reports as banking
from financehub.banking.cards import moving, reports
from financehub.banking.cards.billing_cycles import later
from financehub.banking.cards.checking import Cause
from financehub.banking.cards.paying import BillState, Source
from financehub.banking.models import Account, CreditCardBill, Transaction
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import NotFound


def of(company: Company) -> reports.CardsReport:
    return reports.report(company, banking.open_accounts(company))


class TestASyncedCard:
    def test_has_bills_that_add_up_wherever_rows_cover_them(self, synced_bank: Bank) -> None:
        card = of(synced_bank.company).cards[0]
        covered = [
            sheet for sheet in card.closed if sheet.cycle.opens >= (card.account.read_from or date.max)
        ]
        assert len(covered) >= 10
        assert [sheet.check.difference_cents for sheet in covered] == [0] * len(covered)
        older = [sheet for sheet in card.closed if sheet not in covered]
        assert {one.cause for sheet in older for one in sheet.check.explanations} <= {Cause.NOT_COVERED}

    def test_knows_which_bills_are_paid_and_that_each_payment_is_one(self, synced_bank: Bank) -> None:
        card = of(synced_bank.company).cards[0]
        paid = [sheet for sheet in card.closed if sheet.state == BillState.PAID]
        assert len(paid) >= len(card.closed) - 1  # the last one may still wait
        assert all(sheet.paid_cents == sheet.total_cents for sheet in paid)
        told_twice = {one.source for sheet in paid[:-4] for one in sheet.payments}
        assert told_twice == {Source.BOTH}

    def test_has_an_open_bill_equal_to_the_banks_balance(self, synced_bank: Bank) -> None:
        card = of(synced_bank.company).cards[0]
        assert card.open.so_far is not None
        assert card.open.so_far.stated_cents == card.account.balance_cents
        assert card.open.so_far.difference_cents == 0

    def test_has_plans_that_hold_every_parcela_once(self, synced_bank: Bank) -> None:
        card = of(synced_bank.company).cards[0]
        stored = Transaction.objects.of(synced_bank.company).visible().filter(total_installments__gt=1)
        in_bills = {one.row.id for sheet in card.sheets for one in sheet.rows if one.row.installment}
        in_plans = [one.row_id for plan in card.plans for one in plan.parcels if one.row_id]
        assert sorted(in_plans) == sorted(in_bills) == sorted(stored.values_list("pk", flat=True))

    def test_commits_each_month_to_the_rows_and_forecasts_of_its_bill(self, synced_bank: Bank) -> None:
        found = of(synced_bank.company)
        card = found.cards[0]
        assert found.committed[0].month == card.open.month
        for month in found.committed:
            assert month.forecast_cents == card.forecast_cents(month.month)

    def test_stores_nothing_of_plans_and_bills(self, synced_bank: Bank) -> None:
        of(synced_bank.company)
        again = sync(synced_bank)
        assert (again.new, again.changed, again.withdrawn) == (0, 0, 0)


class TestABillThatLosesARow:
    def test_says_which_row_a_person_deleted(self, synced_bank: Bank) -> None:
        sheet = of(synced_bank.company).cards[0].closed[1]
        gone = next(one.row for one in sheet.rows if one.row.cents < 0)
        Transaction.objects.of(synced_bank.company).filter(pk=gone.id).update(deleted_at=clock.now())
        check = of(synced_bank.company).cards[0].closed[1].check
        assert check.difference_cents == gone.debt_cents
        assert (Cause.HIDDEN, (gone.id,)) in {(one.cause, one.row_ids) for one in check.explanations}


class TestACardByHand:
    def test_has_an_open_calendar_month(self, bakery: Company) -> None:
        account = make_account(company=bakery, type="CREDIT", is_manual=True)
        make_transaction(account=account, source="manual", pluggy_id=None, amount_cents=-700)
        card = reports.statement(bakery, account)
        assert card.open.total_cents == 700
        assert card.waiting == []

    def test_owes_what_a_closed_bill_asks_for(self, bakery: Company) -> None:
        account = make_account(company=bakery, type="CREDIT", balance_at=clock.now())
        today = clock.today()
        CreditCardBill.objects.create(
            company=bakery,
            account=account,
            pluggy_id="b1",
            due_date=clock.days_before(today, -3),
            close_date=clock.days_before(today, 4),
            total_cents=5000,
            currency="BRL",
            payments=[{"type": "X", "mode": None, "date": today.isoformat(), "amount_cents": 2000}],
            finance_charges=[{"type": "IOF", "amount_cents": 38, "currency": "BRL"}],
            created_at=clock.now(),
        )
        (waiting,) = reports.statement(bakery, account).waiting
        assert (waiting.state, waiting.left_cents) == (BillState.PARTLY_PAID, 3000)
        assert [(one.type, one.cents) for one in waiting.charges] == [("IOF", 38)]


def closed_bill(company: Company, total_cents: int, rows: list[dict[str, object]]) -> tuple[Account, date]:
    """A card whose last bill the bank has closed with those rows, and the month it is due in."""
    account = make_account(company=company, type="CREDIT", balance_at=clock.now())
    due = clock.days_before(clock.today(), 5)
    closes = clock.days_before(due, 7)
    for number, total, close_date in (
        ("before", 0, clock.days_before(closes, 30)),
        ("b1", total_cents, closes),
    ):
        CreditCardBill.objects.create(
            company=company,
            account=account,
            pluggy_id=number,
            due_date=clock.days_before(close_date, -7),
            close_date=close_date,
            total_cents=total,
            currency="BRL",
            created_at=clock.now(),
        )
    for fields in rows:
        make_transaction(account=account, date=clock.days_before(closes, 9), bill_pluggy_id="b1", **fields)
    return account, due.replace(day=1)


class TestSums:
    ROWS = (
        {"amount_cents": -1000},
        {"amount_cents": -1000},
        {"amount_cents": -250, "description": "Farmácia"},
        {"amount_cents": -38, "description": "IOF compra internacional"},
        {"amount_cents": 300, "description": "Estorno Loja"},
        {"amount_cents": -500, "installment_number": 1, "total_installments": 2},
        {"amount_cents": -777, "description": "Saldo fatura anterior"},
        {"amount_cents": -90, "status": "PENDING"},
        {"amount_cents": -60, "deleted_at": clock.now()},
    )

    @pytest.mark.parametrize("total_cents", [2578, 2300, 9999, 2638])
    def test_say_of_a_closed_bill_what_its_rows_say(self, bakery: Company, total_cents: int) -> None:
        account, month = closed_bill(bakery, total_cents, list(self.ROWS))
        short, full = (reports.statement(bakery, account, month=one).sheet_of(month) for one in (None, month))
        assert short.check == full.check
        assert (short.row_count, short.total_cents, short.state) == (
            full.row_count,
            full.total_cents,
            full.state,
        )
        assert short.charges == full.charges
        assert (len(short.rows), len(full.rows)) == (5, 7)

    def test_are_taken_apart_where_a_row_in_them_explains_a_difference(self, bakery: Company) -> None:
        account, month = closed_bill(bakery, 1250, [{"amount_cents": -1000}] * 2 + [{"amount_cents": -250}])
        twins = set(Transaction.objects.of(bakery).filter(amount_cents=-1000).values_list("pk", flat=True))
        (found,) = reports.statement(bakery, account).sheet_of(month).check.explanations
        assert (found.cause, set(found.row_ids)) == (Cause.DUPLICATE, twins)

    def test_are_made_again_when_a_row_moves_to_another_bill(self, bakery: Company) -> None:
        account, month = closed_bill(bakery, 1250, [{"amount_cents": -1000}, {"amount_cents": -250}])
        assert reports.statement(bakery, account).sheet_of(month).check.difference_cents == 0
        row = Transaction.objects.of(bakery).select_related("account").get(amount_cents=-250)
        moving.move(row=row, month=later(month, 1), by=SYSTEM)
        assert reports.statement(bakery, account).sheet_of(month).check.difference_cents == 250


class TestCommitted:
    def test_adds_only_reais(self, bakery: Company) -> None:
        for currency in ("BRL", "USD"):
            card = make_account(company=bakery, type="CREDIT", currency=currency)
            make_transaction(account=card, amount_cents=-100, installment_number=1, total_installments=2)
        assert [month.cents for month in of(bakery).committed[:2]] == [100, 100]


class TestLimits:
    def test_shared_by_two_cards_of_one_bank_count_once(self, bakery: Company) -> None:
        numbers = {"type": "CREDIT", "credit_limit_cents": 100000, "available_limit_cents": 40000}
        first = make_account(company=bakery, **numbers)
        make_account(item=first.item, **numbers)
        make_account(company=bakery, **numbers)
        found = of(bakery)
        assert (len(found.cards), len(found.limits)) == (3, 2)
        assert (found.limit_cents, found.available_cents) == (200000, 80000)

    def test_in_another_currency_are_not_added_to_reais(self, bakery: Company) -> None:
        make_account(company=bakery, type="CREDIT", currency="USD", credit_limit_cents=5000)
        make_account(company=bakery, type="CREDIT", credit_limit_cents=100)
        assert (of(bakery).limit_cents, of(bakery).available_cents) == (100, None)


def test_a_bank_account_is_no_card(bakery: Company) -> None:
    with pytest.raises(NotFound):
        reports.statement(bakery, make_account(company=bakery))


def test_a_month_without_a_bill_is_not_found(bakery: Company) -> None:
    card = reports.statement(bakery, make_account(company=bakery, type="CREDIT"))
    with pytest.raises(NotFound):
        card.sheet_of(date(1999, 1, 1))


def test_a_limit_says_what_the_bank_said(bakery: Company) -> None:
    account = make_account(
        company=bakery, type="CREDIT", limit_consolidation="CONSOLIDADO", holder_type="ADDITIONAL"
    )
    limit = reports.limit_of(account)
    assert (limit.consolidation, limit.is_additional) == ("CONSOLIDADO", True)
