"""Plans of parcelas: gathered from rows, whatever comes first; what is missing is forecast, never counted as a row."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.cards.card_stories import row

from financehub.banking.cards.billing_cycles import later
from financehub.banking.cards.installments import (
    DatedRow,
    ParcelState,
    Plan,
    committed,
    is_parcel,
    plans_of,
)
from financehub.banking.cards.rows import CardRow, Hidden

CARD = UUID(int=7)
OPEN = date(2026, 12, 1)
FIRST = date(2026, 10, 1)  # the bill of the first parcela, unless told else


def parcela(number: int, count: int = 10, cents: int = -1000, first: date = FIRST, **fields: Any) -> DatedRow:
    """Number n of N on the bill n - 1 months after the first."""
    month = later(first, number - 1)
    values = {"description": f"Loja {number:02d}/{count:02d}", "installment": (number, count), **fields}
    return DatedRow(row(values.pop("day", month), cents, **values), month)


def plans(*rows: DatedRow, refunds: list[CardRow] | None = None) -> list[Plan]:
    return plans_of(CARD, rows, open_month=OPEN, refunds=refunds or [])


def states(plan: Plan) -> str:
    """One letter a parcela: Here, Forecast, Not seen."""
    return "".join(parcel.state.value[0].upper() for parcel in plan.parcels)


class TestAPlan:
    def test_has_every_parcela_with_its_month(self) -> None:
        (plan,) = plans(parcela(1, 4), parcela(2, 4))
        assert states(plan) == "HHFF"
        assert [one.month.month for one in plan.parcels] == [10, 11, 12, 1]
        assert (plan.description, plan.count, plan.total_cents) == ("Loja", 4, 4000)

    def test_seeds_what_is_missing_with_the_last_amount(self) -> None:
        (plan,) = plans(parcela(1, 3, -1034), parcela(2, 3, -1033))
        assert [one.cents for one in plan.parcels] == [1034, 1033, 1033]

    def test_seeds_exactly_what_is_left_of_a_known_total(self) -> None:
        (plan,) = plans(parcela(1, 3, -1000, purchase_cents=3001))
        assert [one.cents for one in plan.parcels] == [1000, 1001, 1000]

    def test_absorbs_the_real_one_as_it_comes(self) -> None:
        before, after = plans(parcela(1, 3), parcela(2, 3)), plans(*(parcela(n, 3) for n in (1, 2, 3)))
        assert (states(before[0]), states(after[0])) == ("HHF", "HHH")
        assert before[0].total_cents == after[0].total_cents

    def test_begun_before_our_rows_knows_the_older_ones_as_not_seen(self) -> None:
        (plan,) = plans(parcela(5, 8, first=date(2026, 8, 1)))
        assert states(plan) == "NNNNHFFF"
        assert plan.parcels[0].month == date(2026, 8, 1)

    def test_of_unequal_parcelas_is_one(self) -> None:
        day = date(2026, 9, 20)
        (plan,) = plans(parcela(1, 3, -1500, purchase_day=day), parcela(2, 3, -1000, purchase_day=day))
        assert [one.cents for one in plan.parcels] == [1500, 1000, 1000]

    def test_moved_by_a_bill_goes_on_from_there(self) -> None:
        late = DatedRow(parcela(2, 4).row, date(2026, 12, 1))
        (plan,) = plans(parcela(1, 4), late)
        assert [one.month.month for one in plan.parcels] == [10, 12, 1, 2]

    def test_paid_in_advance_forecasts_nothing_more(self) -> None:
        rows = [DatedRow(parcela(number, 4).row, FIRST) for number in (1, 2, 3, 4)]
        (plan,) = plans(*rows)
        assert (states(plan), plan.coming(OPEN)) == ("HHHH", [])

    def test_survives_a_reissued_card(self) -> None:
        (plan,) = plans(parcela(1, 3, last4="1111"), parcela(2, 3, last4="2222"))
        assert states(plan) == "HHF"

    def test_survives_a_rewritten_description_when_bought_that_day_for_that_amount(self) -> None:
        day = date(2026, 9, 20)
        rewritten = parcela(2, 3, purchase_day=day, description="LOJA SAO PAULO BR 2/3")
        assert len(plans(parcela(1, 3, purchase_day=day), rewritten)) == 1

    def test_given_back_whole_is_cancelled(self) -> None:
        back = row(date(2026, 11, 1), 3000, "Estorno Loja")
        (plan,) = plans(parcela(1, 3, purchase_day=date(2026, 9, 20)), refunds=[back])
        assert (plan.is_cancelled, plan.forecast) == (True, [])

    def test_given_back_in_part_is_not(self) -> None:
        back = row(date(2026, 11, 1), 1000, "Estorno Loja")
        (plan,) = plans(parcela(1, 3), refunds=[back])
        assert (plan.is_cancelled, len(plan.forecast)) == (False, 1)

    def test_silent_for_two_closed_bills_forecasts_nothing_more(self) -> None:
        (plan,) = plans(parcela(1, 10, first=date(2026, 9, 1)))
        assert states(plan) == "HNNNNNNNNN"

    def test_with_one_parcela_late_still_forecasts(self) -> None:
        (plan,) = plans(parcela(1, 3))
        assert states(plan) == "HNF"


class TestTwoPurchases:
    def test_equal_in_everything_are_two_plans(self) -> None:
        found = plans(*(parcela(number, 3) for number in (1, 1, 2, 2, 3, 3)))
        assert [states(plan) for plan in found] == ["HHH", "HHH"]

    def test_of_one_day_and_shop_are_told_apart_by_the_amount(self) -> None:
        rows = [parcela(number, 3, cents) for number in (1, 2, 3) for cents in (-1000, -5000)]
        found = plans(*rows)
        assert sorted(plan.total_cents for plan in found) == [3000, 15000]

    def test_equal_but_on_two_cards_keep_to_their_card(self) -> None:
        rows = [parcela(number, 2, last4=last4) for number in (1, 2) for last4 in ("1111", "2222")]
        by_id = {dated.row.id: dated.row.last4 for dated in rows}
        for plan in plans(*rows):
            assert len({by_id[one.row_id] for one in plan.parcels if one.row_id}) == 1

    def test_with_another_count_or_month_are_two(self) -> None:
        assert len(plans(parcela(1, 3), parcela(2, 4))) == 2
        assert len(plans(parcela(1, 3), parcela(2, 3, first=date(2026, 5, 1)))) == 2

    def test_bought_on_two_days_are_two(self) -> None:
        bought = [date(2026, 9, 20), date(2026, 9, 21)]
        found = plans(parcela(1, 3, purchase_day=bought[0]), parcela(2, 3, purchase_day=bought[1]))
        assert len(found) == 2


class TestARow:
    @pytest.mark.parametrize("installment", [None, (0, 3), (4, 3), (1, 1), (1, 200)])
    def test_that_is_no_parcela_makes_no_plan(self, installment: tuple[int, int] | None) -> None:
        dated = DatedRow(row(FIRST, -100, installment=installment), FIRST)
        assert not is_parcel(dated)
        assert plans(dated) == []

    def test_that_is_hidden_makes_no_plan(self) -> None:
        assert plans(parcela(1, 3, hidden=Hidden.DELETED)) == []

    def test_still_pending_beside_its_posted_one_makes_no_second_plan(self) -> None:
        (plan,) = plans(parcela(1, 3), parcela(1, 3, is_pending=True), parcela(2, 3))
        assert states(plan) == "HHF"


class TestCommitted:
    def test_adds_rows_and_forecasts_by_month_over_all_plans(self) -> None:
        found = plans(parcela(3, 5, -100), parcela(3, 4, -1000, description="Outra 3/4"))
        months = committed(found, from_month=OPEN, months=3)
        assert [(one.month.month, one.here_cents, one.forecast_cents) for one in months] == [
            (12, 1100, 0),
            (1, 0, 1100),
            (2, 0, 100),
        ]
        assert [one.cents for one in months] == [1100, 1100, 100]

    def test_leaves_out_what_has_closed(self) -> None:
        assert committed(plans(parcela(1, 2)), from_month=OPEN, months=1)[0].cents == 0


@st.composite
def purchases(draw: st.DrawFn) -> list[list[DatedRow]]:
    """Whole purchases in parcelas, some of them equal, of which the bank has shown the first ones."""
    made = []
    for name in draw(st.lists(st.sampled_from(["Loja", "Otica", "Viagem"]), max_size=5)):
        count, total = draw(st.integers(2, 12)), draw(st.sampled_from([60000, 61234, 99999]))
        day = draw(st.sampled_from([date(2026, 9, 5), date(2026, 9, 20)]))
        shown = draw(st.integers(min(3, count), count))  # so that none is silent
        each, rest = divmod(total, count)
        made.append(
            [
                parcela(
                    number,
                    count,
                    -(each + (rest if number == 1 else 0)),
                    purchase_day=day,
                    purchase_cents=total,
                    description=f"{name} {number}/{count}",
                )
                for number in range(1, shown + 1)
            ]
        )
    return made


@given(purchases(), st.randoms())
def test_plans_are_the_purchases_in_whatever_order_rows_come(
    bought: list[list[DatedRow]], random: Random
) -> None:
    rows = [dated for purchase in bought for dated in purchase]
    random.shuffle(rows)
    found = plans(*rows)
    totals = Counter(purchase[0].row.purchase_cents for purchase in bought)
    assert Counter(plan.total_cents for plan in found) == totals
    assert plans(*sorted(rows, key=lambda dated: dated.row.id)) == found


@given(purchases())
def test_every_parcela_that_is_here_is_in_exactly_one_plan_and_no_forecast_has_a_row(
    bought: list[list[DatedRow]],
) -> None:
    rows = [dated for purchase in bought for dated in purchase]
    found = [parcel for plan in plans(*rows) for parcel in plan.parcels]
    here = [parcel.row_id for parcel in found if parcel.state == ParcelState.HERE]
    assert sorted(here) == sorted(dated.row.id for dated in rows)  # type: ignore[type-var]
    assert all(parcel.row_id is None for parcel in found if parcel.state != ParcelState.HERE)


@given(purchases())
def test_what_is_committed_is_what_the_purchases_still_cost(bought: list[list[DatedRow]]) -> None:
    rows = [dated for purchase in bought for dated in purchase]
    months = committed(plans(*rows), from_month=OPEN, months=24)
    paid = sum(dated.row.debt_cents for dated in rows if dated.month < OPEN)
    total = sum(purchase[0].row.purchase_cents or 0 for purchase in bought)
    assert sum(one.cents for one in months) == total - paid
