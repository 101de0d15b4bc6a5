"""Which bill a row belongs to, and by which rule."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.cards.card_stories import TODAY, bill, row

from financehub.banking.cards.billing_cycles import Bill, CardDays, Rule, cycles_of, later

BILLS = [bill(month, 1000) for month in (9, 10, 11)]
NO_DAYS = CardDays(None, None)
CYCLES = cycles_of(BILLS, NO_DAYS, today=TODAY)


def placed(**fields: object) -> tuple[str, str]:
    values: dict[str, object] = {"day": date(2026, 10, 20), "cents": -100, **fields}
    found = CYCLES.place(row(**values))  # type: ignore[arg-type]
    assert found
    return f"{found.cycle.month:%Y-%m}", found.rule.value


class TestARow:
    def test_is_on_the_bill_of_its_day(self) -> None:
        assert placed(day=date(2026, 10, 20)) == ("2026-11", "cycle")

    @pytest.mark.parametrize(
        ("day", "month"),
        [(date(2026, 10, 2), "2026-10"), (date(2026, 10, 3), "2026-11"), (date(2026, 11, 2), "2026-11")],
    )
    def test_of_the_closing_day_is_on_the_next_bill(self, day: date, month: str) -> None:
        assert placed(day=day) == (month, "cycle")

    def test_is_rather_where_the_bank_forecasts_it(self) -> None:
        assert placed(forecast_month=date(2026, 12, 1)) == ("2026-12", "forecast")

    def test_is_rather_on_the_bill_it_names(self) -> None:
        named = placed(bill_pluggy_id="bill-2026-9", forecast_month=date(2026, 12, 1))
        assert named == ("2026-09", "bill")

    def test_is_above_all_where_a_person_put_it(self) -> None:
        put = placed(bill_pluggy_id="bill-2026-9", own_bill_month=date(2026, 11, 1))
        assert put == ("2026-11", "person")

    def test_that_names_a_bill_we_do_not_have_goes_by_the_next_rule(self) -> None:
        assert placed(bill_pluggy_id="other") == ("2026-11", "cycle")
        assert placed(own_bill_month=date(1999, 1, 1)) == ("2026-11", "cycle")

    def test_outside_every_cycle_is_on_none(self) -> None:
        assert CYCLES.place(row(date(1990, 1, 1), -100)) is None


class TestCycles:
    def test_go_on_after_the_last_bill_until_today(self) -> None:
        assert CYCLES.all[-1].closes == date(2026, 12, 3)
        assert CYCLES.on(TODAY) == CYCLES.all[-1]

    def test_fill_a_month_without_a_bill(self) -> None:
        cycles = cycles_of([bill(7, 1), bill(11, 1)], NO_DAYS, today=TODAY)
        assert [cycle.closes.month for cycle in cycles.all] == [7, 8, 9, 10, 11, 12]
        assert [cycle.bill is not None for cycle in cycles.all] == [True, False, False, False, True, False]

    def test_take_the_open_bill_from_the_account(self) -> None:
        days = CardDays(date(2026, 12, 1), date(2026, 12, 8))
        assert cycles_of(BILLS, days, today=TODAY).all[-1].due == date(2026, 12, 8)

    def test_do_not_take_the_account_twice_for_a_closed_bill(self) -> None:
        days = CardDays(date(2026, 11, 3), date(2026, 11, 10))  # some banks say the last closing
        assert [cycle.closes.month for cycle in cycles_of(BILLS, days, today=TODAY).all] == [9, 10, 11, 12]

    def test_without_closing_days_close_a_week_before_due(self) -> None:
        cycles = cycles_of([Bill("b", date(2026, 11, 10), 1)], NO_DAYS, today=TODAY)
        assert cycles.all[0].closes == date(2026, 11, 3)

    def test_with_no_evidence_are_calendar_months(self) -> None:
        cycles = cycles_of([], NO_DAYS, today=TODAY)
        assert [(c.opens, c.closes, c.due) for c in cycles.all] == [
            (date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 10))
        ]

    def test_keep_the_last_day_of_short_months(self) -> None:
        assert later(date(2026, 1, 31), 1) == date(2026, 2, 28)
        assert later(date(2026, 1, 31), -2) == date(2025, 11, 30)


days_of_2026 = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def some_bills(draw: st.DrawFn) -> list[Bill]:
    """Bills of a card whose closing day wanders, some months missing."""
    months = draw(st.lists(st.integers(0, 22), unique=True, max_size=12))
    made = []
    for month in months:
        closes = later(date(2025, 1, 1), month) + timedelta(days=draw(st.integers(0, 27)))
        gap = timedelta(days=draw(st.integers(5, 12)))
        said = closes if draw(st.booleans()) else None
        made.append(Bill(f"b{month}", closes + gap, 100, closes=said))
    return made


@given(some_bills(), st.lists(days_of_2026, max_size=5), st.none() | days_of_2026, st.none() | days_of_2026)
def test_cycles_never_overlap_and_leave_no_gap(
    bills: list[Bill], needed: list[date], closes: date | None, due: date | None
) -> None:
    cycles = cycles_of(bills, CardDays(closes, due), today=TODAY, needed=needed).all
    assert all(cycle.opens < cycle.closes for cycle in cycles)
    assert all(one.closes == two.opens for one, two in pairwise(cycles))
    for day in [*needed, TODAY]:
        assert sum(cycle.opens <= day < cycle.closes for cycle in cycles) == 1


@given(some_bills(), st.lists(days_of_2026, min_size=1, max_size=20))
def test_every_row_is_on_exactly_one_bill(bills: list[Bill], days: list[date]) -> None:
    cycles = cycles_of(bills, NO_DAYS, today=TODAY, needed=days)
    placements = [cycles.place(row(day, -1)) for day in days]
    assert all(place and place.rule == Rule.CYCLE for place in placements)
    assert all(
        place and place.cycle.opens <= day < place.cycle.closes
        for place, day in zip(placements, days, strict=True)
    )
