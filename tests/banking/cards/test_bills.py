"""A card's bills: what they carry, what was paid of them, the state they are in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.cards.card_stories import bill, charge, now, paid, payment, row, sheets

from financehub.banking.cards.billing_cycles import CardDays, Rule
from financehub.banking.cards.bills import PlacedRow
from financehub.banking.cards.paying import BillState, Source

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 8, 20), date(2026, 9, 20), date(2026, 10, 20)  # days of these bills
DECEMBER = date(2026, 11, 20)


class TestABill:
    def test_paid_in_full_leaves_nothing(self) -> None:
        rows = [row(OCTOBER, -10000), payment(date(2026, 10, 9), 10000), row(NOVEMBER, -4000)]
        found = sheets(rows, [bill(10, 10000), bill(11, 4000)])
        october, november = found["2026-10"], found["2026-11"]
        assert (october.state, october.paid_cents, october.left_cents) == (BillState.PAID, 10000, 0)
        assert (november.check.carried_cents, november.check.difference_cents) == (0, 0)

    def test_paid_in_part_is_carried_into_the_next(self) -> None:
        rows = [row(OCTOBER, -10000), payment(date(2026, 10, 9), 6000), row(NOVEMBER, -4000)]
        found = sheets(rows, [bill(10, 10000), bill(11, 8000)])
        assert (found["2026-10"].state, found["2026-10"].left_cents) == (BillState.CARRIED, 0)
        check = found["2026-11"].check
        assert (check.carried_cents, check.own_cents, check.adds_up) == (4000, 4000, True)

    def test_paid_in_part_and_not_yet_closed_over_is_partly_paid(self) -> None:
        rows = [row(NOVEMBER, -10000), payment(date(2026, 11, 9), 6000)]
        november = sheets(rows, [bill(11, 10000, minimum_cents=1500)])["2026-11"]
        assert (november.state, november.left_cents) == (BillState.PARTLY_PAID, 4000)

    def test_not_paid_is_overdue_after_its_day(self) -> None:
        rows = [row(OCTOBER, -100), payment(date(2026, 10, 9), 100), row(NOVEMBER, -10000)]
        november = sheets(rows, [bill(10, 100), bill(11, 10000)])["2026-11"]
        assert (november.state, november.left_cents) == (BillState.OVERDUE, 10000)

    def test_paid_twice_over_is_overpaid_and_the_rest_is_a_credit(self) -> None:
        rows = [row(NOVEMBER, -10000), payment(date(2026, 11, 9), 10500), row(DECEMBER, -2000)]
        found = sheets(rows, [bill(11, 10000)])
        assert found["2026-11"].state == BillState.OVERPAID
        assert (found["2026-12"].check.carried_cents, found["2026-12"].total_cents) == (-500, 1500)

    def test_settled_and_paid_again_anticipates_the_next(self) -> None:
        rows = [row(NOVEMBER, -10000), payment(date(2026, 11, 9), 10000), payment(date(2026, 11, 15), 700)]
        found = sheets([*rows, row(DECEMBER, -2000)], [bill(11, 10000)])
        assert found["2026-11"].state == BillState.PAID
        assert [one.cents for one in found["2026-11"].anticipated] == [700]
        assert found["2026-12"].total_cents == 1300

    def test_of_which_only_its_own_list_tells_the_payment_is_paid(self) -> None:
        listed = bill(10, 10000, payments=(paid(10, 9, 10000),))
        october = sheets([row(OCTOBER, -10000)], [listed])["2026-10"]
        assert (october.state, october.payments[0].source) == (BillState.PAID, Source.BILL)

    def test_of_which_nobody_tells_but_the_next_does_not_ask_again_was_paid(self) -> None:
        rows = [row(OCTOBER, -10000), row(NOVEMBER, -4000)]
        found = sheets(rows, [bill(10, 10000), bill(11, 4000)])
        assert found["2026-10"].state == BillState.PAID
        assert [one.source for one in found["2026-10"].payments] == [Source.NEXT_BILL]
        assert found["2026-11"].check.adds_up
        assert found["2026-11"].state == BillState.UNKNOWN  # past its day, and this bank tells of no payment

    def test_closed_and_waiting_is_not_late_before_its_day(self) -> None:
        november = sheets([row(NOVEMBER, -100)], [bill(11, 100)], now(date(2026, 11, 9)))["2026-11"]
        assert november.state == BillState.CLOSED

    def test_that_closed_a_day_ago_and_is_not_listed_yet_is_closed(self) -> None:
        days = CardDays(date(2026, 11, 24), date(2026, 12, 1))
        found = sheets([row(date(2026, 11, 10), -500)], [], now(days=days))
        assert (found["2026-12"].state, found["2026-12"].total_cents) == (BillState.CLOSED, 500)

    def test_is_not_paid_by_a_payment_that_is_still_pending(self) -> None:
        waiting = payment(date(2026, 11, 9), 10000, is_pending=True)
        november = sheets([row(NOVEMBER, -10000), waiting], [bill(11, 10000)])["2026-11"]
        assert (november.paid_cents, november.left_cents) == (0, 0)  # and nobody else tells of a payment
        assert november.unconfirmed == [PlacedRow(waiting, Rule.CYCLE)]


class TestTheOpenBill:
    def test_is_always_there(self) -> None:
        found = sheets([], [])
        assert [(month, sheet.state) for month, sheet in found.items()] == [("2026-12", BillState.OPEN)]

    def test_counts_pending_purchases_and_is_checked_against_the_balance(self) -> None:
        rows = [row(DECEMBER, -3000, is_pending=True), row(date(2026, 11, 30), -900, is_pending=True)]
        found = sheets(rows, [bill(11, 0)], now(balance_cents=3000))
        december = found["2026-12"]
        assert (december.total_cents, december.scheduled_cents, december.so_far_cents) == (3900, 900, 3000)
        assert december.so_far is not None
        assert (december.so_far.expected_cents, december.so_far.adds_up) == (3000, True)

    def test_is_compared_without_the_previous_bill_where_the_bank_leaves_it_out(self) -> None:
        rows = [row(NOVEMBER, -500), row(DECEMBER, -3000)]
        december = sheets(rows, [bill(11, 500)], now(balance_cents=3000))["2026-12"]
        assert december.so_far is not None
        assert december.so_far.adds_up

    def test_that_differs_from_the_balance_says_by_how_much(self) -> None:
        december = sheets([row(DECEMBER, -3000)], [bill(11, 0)], now(balance_cents=4000))["2026-12"]
        assert december.so_far is not None
        assert december.so_far.difference_cents == 1000


class TestRowsThatRepeatTheOldDebt:
    def test_are_shown_and_added_nowhere(self) -> None:
        again = row(NOVEMBER, -4000, "Saldo anterior")
        rows = [row(OCTOBER, -10000), payment(date(2026, 10, 9), 6000), again, row(NOVEMBER, -1000)]
        november = sheets(rows, [bill(10, 10000), bill(11, 5000)])["2026-11"]
        assert november.repeated == [PlacedRow(again, Rule.CYCLE)]
        assert (november.check.own_cents, november.check.adds_up) == (1000, True)

    def test_say_what_is_carried_where_the_previous_bill_is_not_known(self) -> None:
        rows = [row(NOVEMBER, -4000, "Saldo anterior"), row(NOVEMBER, -1000)]
        november = sheets(rows, [bill(11, 5000)])["2026-11"]
        assert (november.check.carried_cents, november.check.adds_up) == (4000, True)

    def test_do_not_count_a_payment_twice_beside_the_banks_own_row(self) -> None:
        tellings = [
            payment(date(2026, 10, 9), 10000, "PAGTO DEBITO EM CONTA"),
            payment(date(2026, 10, 10), 10000, "Pagamento recebido", operation_type="PAGAMENTO_FATURA"),
        ]
        listed = bill(10, 10000, payments=(paid(10, 9, 10000),))
        found = sheets([row(OCTOBER, -10000), *tellings, row(NOVEMBER, -500)], [listed, bill(11, 500)])
        assert (found["2026-10"].state, found["2026-10"].paid_cents) == (BillState.PAID, 10000)
        assert found["2026-11"].check.adds_up


class TestFinanceCharges:
    def test_that_only_the_bill_lists_are_part_of_it(self) -> None:
        listed = bill(11, 10380, charges=(charge("LATE_PAYMENT_FEE", 200), charge("IOF", 180)))
        november = sheets([row(OCTOBER, 0), row(NOVEMBER, -10000)], [bill(10, 0), listed])["2026-11"]
        assert (november.check.charges_cents, november.check.adds_up) == (380, True)
        assert [one.type for one in november.charges] == ["LATE_PAYMENT_FEE", "IOF"]


class TestAPerson:
    def test_puts_a_row_on_another_bill(self) -> None:
        moved = row(date(2026, 11, 3), -300, own_bill_month=date(2026, 11, 1))
        found = sheets([row(NOVEMBER, -100), moved], [bill(11, 400)])
        assert found["2026-11"].rows[-1] == PlacedRow(moved, Rule.PERSON)
        assert found["2026-11"].check.own_cents == 400

    def test_says_which_bill_a_payment_pays(self) -> None:
        moved = payment(date(2026, 11, 9), 100, own_bill_month=date(2026, 10, 1))
        found = sheets([row(OCTOBER, -100), moved], [bill(10, 100), bill(11, 0)])
        assert found["2026-10"].payments[0].row_ids == (moved.id,)


@pytest.mark.parametrize("is_named", [True, False])
def test_a_pending_row_is_on_a_closed_bill_only_if_the_bank_says_so(*, is_named: bool) -> None:
    late = row(NOVEMBER, -300, is_pending=True, bill_pluggy_id="bill-2026-11" if is_named else None)
    november = sheets([row(OCTOBER, 0), late], [bill(10, 0), bill(11, 0)])["2026-11"]
    assert november.check.own_cents == (300 if is_named else 0)


purchases = st.builds(
    row,
    st.dates(date(2026, 6, 1), date(2027, 2, 1)),
    st.integers(-(10**6), -1) | st.integers(1, 10**5),
    st.sampled_from(["Loja", "Padaria", "Estorno", "Juros de mora", "IOF"]),
)


@given(st.lists(purchases, max_size=40))
def test_every_row_is_on_one_bill_and_bills_that_state_their_rows_add_up(rows: list) -> None:  # type: ignore[type-arg]
    spent = dict.fromkeys(range(5, 12), 0)
    for one in rows:
        for month in spent:
            opens, closes = date(2026, month - 1, 3), date(2026, month, 3)
            spent[month] += one.debt_cents if opens <= one.day < closes else 0
    totals, owed = {}, 0
    for month, cents in spent.items():
        owed += cents
        totals[month] = owed
    found = sheets(rows, [bill(month, cents) for month, cents in totals.items()])
    shown = [placed.row.id for sheet in found.values() for placed in sheet.rows]
    assert sorted(shown) == sorted(one.id for one in rows)
    differing = {name for name, sheet in found.items() if sheet.check.difference_cents}
    assert differing == set()


@given(st.lists(purchases, max_size=15), st.randoms())
def test_the_order_in_which_rows_come_changes_nothing(rows: list, random: object) -> None:  # type: ignore[type-arg]
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    bills = [bill(month, 1000) for month in (9, 10, 11)]
    assert sheets(mixed, bills) == sheets(rows, bills)
