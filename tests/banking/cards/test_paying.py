"""What was paid of a bill, and the state that leaves it in."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.cards.card_stories import paid, payment

from financehub.banking.cards.paying import (
    BillState,
    Debt,
    Paid,
    Source,
    is_tellings_of_one,
    last_day_to_pay,
    payments_of,
    split_at_total,
    state_of,
)

DUE = date(2026, 11, 10)  # a Tuesday
BEFORE, AFTER = date(2026, 11, 9), date(2026, 11, 12)


def debt(**fields: Any) -> Debt:
    values: dict[str, Any] = {
        "total_cents": 10000,
        "minimum_cents": 1500,
        "due": DUE,
        "next_has_closed": False,
        "payments_are_told": True,
        "known_until": AFTER,
        **fields,
    }
    return Debt(**values)


class TestAPayment:
    def test_told_by_a_row_and_by_the_bill_counts_once(self) -> None:
        row = payment(date(2026, 11, 10), 5000)
        assert payments_of([row], [paid(11, 9, 5000)]) == [Paid(row.day, 5000, Source.BOTH, (row.id,))]

    def test_written_again_by_the_vendor_counts_once(self) -> None:
        banks = payment(date(2026, 11, 10), 5000, "PAGTO DEBITO EM CONTA")
        vendors = payment(date(2026, 11, 12), 5000, "Pagamento recebido")
        found = payments_of([vendors, banks], [])
        assert [(one.cents, one.row_ids) for one in found] == [(5000, (banks.id, vendors.id))]

    def test_equal_to_another_counts_besides_it(self) -> None:
        rows = [payment(date(2026, 11, day), 5000) for day in (8, 10)]
        assert [one.cents for one in payments_of(rows, [])] == [5000, 5000]
        assert len(payments_of(rows, [paid(11, 8, 5000), paid(11, 10, 5000)])) == 2

    def test_only_listed_on_the_bill_counts(self) -> None:
        assert payments_of([], [paid(11, 9, 700)]) == [Paid(date(2026, 11, 9), 700, Source.BILL)]

    def test_of_the_vendor_a_week_away_is_another_one(self) -> None:
        banks = payment(date(2026, 11, 1), 5000, "PAGTO DEBITO EM CONTA")
        vendors = payment(date(2026, 11, 12), 5000, "Pagamento recebido")
        assert not is_tellings_of_one(banks, vendors)
        assert len(payments_of([banks, vendors], [])) == 2


@given(st.lists(st.integers(1, 3), max_size=6), st.lists(st.integers(1, 3), max_size=6))
def test_each_amount_counts_as_often_as_the_source_that_tells_it_most(
    rows: list[int], listed: list[int]
) -> None:
    made = [payment(date(2026, 11, 10), cents) for cents in rows]
    found = [one.cents for one in payments_of(made, [paid(11, 10, cents) for cents in listed])]
    assert sorted(found) == sorted(
        cents for cents in (1, 2, 3) for _ in range(max(rows.count(cents), listed.count(cents)))
    )


class TestPaymentsAfterABillIsSettled:
    def test_anticipate_the_next_one(self) -> None:
        made = [Paid(DUE, cents, Source.ROW) for cents in (6000, 4000, 2500)]
        taken, anticipated = split_at_total(made, 10000)
        assert ([one.cents for one in taken], [one.cents for one in anticipated]) == ([6000, 4000], [2500])

    def test_are_all_of_them_for_a_bill_of_nothing(self) -> None:
        made = [Paid(DUE, 100, Source.ROW)]
        assert split_at_total(made, 0) == ([], made)


class TestABill:
    @pytest.mark.parametrize(
        ("cents", "known_until", "state"),
        [
            (0, BEFORE, BillState.CLOSED),
            (0, DUE, BillState.CLOSED),
            (0, AFTER, BillState.OVERDUE),
            (100, BEFORE, BillState.PARTLY_PAID),
            (100, AFTER, BillState.OVERDUE),  # below the minimum
            (1500, AFTER, BillState.PARTLY_PAID),
            (10000, AFTER, BillState.PAID),
            (10001, AFTER, BillState.OVERPAID),
        ],
    )
    def test_is_what_its_payments_and_days_say(self, cents: int, known_until: date, state: BillState) -> None:
        assert state_of(debt(known_until=known_until), cents) == state

    def test_that_asks_for_nothing_is_paid(self) -> None:
        assert state_of(debt(total_cents=0), 0) == BillState.PAID
        assert state_of(debt(total_cents=-500), 0) == BillState.PAID

    def test_left_unpaid_when_the_next_closes_is_carried(self) -> None:
        assert state_of(debt(next_has_closed=True), 4000) == BillState.CARRIED

    def test_without_a_minimum_is_late_until_all_is_paid(self) -> None:
        assert state_of(debt(minimum_cents=None), 9999) == BillState.OVERDUE

    def test_of_a_bank_that_never_tells_of_payments_is_not_called_late(self) -> None:
        assert state_of(debt(payments_are_told=False), 0) == BillState.UNKNOWN
        assert state_of(debt(payments_are_told=False, next_has_closed=True), 0) == BillState.UNKNOWN

    def test_that_was_not_read_since_is_not_called_late(self) -> None:
        assert state_of(debt(known_until=DUE), 0) == BillState.CLOSED


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (date(2026, 11, 13), date(2026, 11, 13)),  # Friday
        (date(2026, 11, 14), date(2026, 11, 16)),
        (date(2026, 11, 15), date(2026, 11, 16)),
    ],
)
def test_a_bill_due_on_a_weekend_may_be_paid_on_monday(due: date, last: date) -> None:
    assert last_day_to_pay(due) == last
