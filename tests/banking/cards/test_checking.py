"""Whether a bill is the sum of its rows, and what explains a difference."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.cards.card_stories import charge, row

from financehub.banking.cards.billing_cycles import Cycle
from financehub.banking.cards.checking import Cause, Evidence, TotalCheck, charges_of, check_total, explain
from financehub.banking.cards.rows import CardRow, Hidden

CYCLE = Cycle(date(2026, 10, 3), date(2026, 11, 3), date(2026, 11, 10))
MIDDLE = date(2026, 10, 20)


def checked(rows: list[CardRow], stated: int | None, carried: int | None = 0, **around: Any) -> TotalCheck:
    evidence = Evidence(CYCLE, rows, **around)
    return check_total(evidence, stated_cents=stated, carried_cents=carried, charges=charges_of(rows, ()))


def causes(check: TotalCheck) -> list[tuple[str, int]]:
    return [(one.cause.value, one.cents) for one in check.explanations]


class TestATotal:
    def test_adds_up_from_what_is_carried_bought_charged_and_refunded(self) -> None:
        rows = [row(MIDDLE, -5000), row(MIDDLE, 700, "Estorno"), row(MIDDLE, -120, "Juros de mora")]
        check = checked(rows, 10000 + 5000 - 700 + 120, carried=10000)
        assert (check.purchases_cents, check.refunds_cents, check.charges_cents) == (5000, 700, 120)
        assert (check.adds_up, check.difference_cents, check.explanations) == (True, 0, ())

    def test_that_the_bank_does_not_say_is_no_difference(self) -> None:
        check = checked([row(MIDDLE, -5000)], None)
        assert (check.adds_up, check.difference_cents, check.own_cents) == (False, 0, 5000)


class TestADifference:
    def test_of_one_pending_row_names_it(self) -> None:
        waiting = row(MIDDLE, -300, is_pending=True)
        check = checked([row(MIDDLE, -5000)], 5300, pending=[waiting, row(MIDDLE, -44)])
        assert causes(check) == [("pending", 300)]
        assert check.explanations[0].row_ids == (waiting.id,)

    def test_of_all_pending_rows_names_them_all(self) -> None:
        waiting = [row(MIDDLE, -100), row(MIDDLE, -200)]
        check = checked([], 300, pending=waiting)
        assert check.explanations[0].row_ids == (waiting[0].id, waiting[1].id)

    def test_of_a_row_that_a_person_deleted_names_it(self) -> None:
        gone = row(MIDDLE, -300, hidden=Hidden.DELETED)
        assert causes(checked([], 300, hidden=[gone])) == [("hidden", 300)]

    def test_of_a_row_beside_the_closing_day_names_it(self) -> None:
        beside = row(date(2026, 11, 4), -300)
        assert causes(checked([row(MIDDLE, -100)], 400, beside=[beside])) == [("neighbour", 300)]
        far = row(date(2026, 11, 20), -300)
        assert causes(checked([row(MIDDLE, -100)], 400, beside=[far])) == [("missing_rows", 300)]

    def test_of_a_row_too_many_at_the_closing_day_names_it(self) -> None:
        own = row(date(2026, 11, 2), -300)
        assert causes(checked([own, row(MIDDLE, -100)], 100)) == [("neighbour", -300)]

    def test_of_equal_rows_names_the_twins(self) -> None:
        twins = [row(MIDDLE, -300, "Cafe"), row(MIDDLE, -300, "Cafe")]
        check = checked(twins, 300)
        assert causes(check) == [("duplicate", -300)]
        assert set(check.explanations[0].row_ids) == {twin.id for twin in twins}

    def test_that_nothing_explains_says_which_way_it_goes(self) -> None:
        assert causes(checked([row(MIDDLE, -100)], 400)) == [("missing_rows", 300)]
        assert causes(checked([row(MIDDLE, -100), row(MIDDLE, -55)], 100)) == [("too_many_rows", -55)]

    def test_of_what_the_previous_bill_left_is_said_not_to_be_carried(self) -> None:
        assert causes(checked([row(MIDDLE, -100)], 100, carried=4000)) == [("not_carried", -4000)]

    def test_of_the_first_bill_may_be_what_it_carries(self) -> None:
        assert causes(checked([row(MIDDLE, -100)], 400, carried=None)) == [("previous_unknown", 300)]

    def test_of_a_bill_older_than_our_rows_is_said_to_be_that(self) -> None:
        assert causes(checked([], 400, is_covered=False)) == [("not_covered", 400)]

    def test_can_have_several_explanations(self) -> None:
        check = checked([], 300, pending=[row(MIDDLE, -300)], hidden=[row(MIDDLE, -300)])
        assert [one.cause for one in check.explanations] == [Cause.PENDING, Cause.HIDDEN]


class TestFinanceCharges:
    def test_of_rows_and_of_the_bill_count_once(self) -> None:
        rows = [row(MIDDLE, -120, "Juros de mora"), row(MIDDLE, -50, "IOF compra internacional")]
        listed = [charge("LATE_PAYMENT_INTEREST", 120), charge("IOF", 38)]
        assert charges_of(rows, listed) == [
            charge("LATE_PAYMENT_INTEREST", 120),
            charge("IOF", 50),
            charge("IOF", 38),
        ]

    def test_of_equal_amounts_are_paired_one_to_one(self) -> None:
        assert len(charges_of([row(MIDDLE, -38, "IOF")], [charge("IOF", 38), charge("IOF", 38)])) == 2


@given(
    st.lists(st.integers(-(10**6), 10**6), max_size=30), st.integers(-(10**6), 10**6), st.integers(-500, 500)
)
def test_every_cent_of_a_difference_is_explained(amounts: list[int], carried: int, gap: int) -> None:
    rows = [row(MIDDLE, cents, "Loja") for cents in amounts]
    check = checked(rows, carried - sum(amounts) + gap, carried=carried)
    assert check.difference_cents == gap
    assert {one.cents for one in check.explanations} <= {gap}
    assert bool(check.explanations) == bool(gap)


@pytest.mark.parametrize("gap", [0, 100])
def test_explaining_needs_only_the_difference(gap: int) -> None:
    check = TotalCheck(gap, 0, 0, 0, 0)
    assert bool(explain(Evidence(CYCLE, []), check)) == bool(gap)
