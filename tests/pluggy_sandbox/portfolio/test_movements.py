"""Flows unroll on their days, with their amounts, the same way each time."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.movements import Movement, Span, unroll
from pluggy_sandbox.portfolio.scenario import Flow, Party

SPAN = Span("s", date(2026, 1, 10), datetime(2026, 3, 20, 12, tzinfo=UTC), date(2026, 4, 30), "midnight")


def flow(**fields) -> Flow:
    return Flow(**{"name": "f", "account": "a", "description": "d", "raw": "r", "amount": 10.0} | fields)


def unrolled(**fields) -> list[Movement]:
    return list(unroll(flow(**fields), SPAN))


class TestDays:
    def test_a_day_of_each_month_within_the_span(self) -> None:
        assert [move.day for move in unrolled(day=5)] == [
            date(2026, 2, 5),
            date(2026, 3, 5),
            date(2026, 4, 5),
        ]

    def test_a_workday_moves_past_weekend_and_holiday(self) -> None:
        assert [move.day for move in unrolled(day=21, workday=True, months=[2, 4])] == [
            date(2026, 2, 23),
            date(2026, 4, 22),
        ]

    def test_a_weekday_comes_every_week(self) -> None:
        days = [move.day for move in unrolled(weekday=4, months=[2])]
        assert days == [date(2026, 2, 6), date(2026, 2, 13), date(2026, 2, 20), date(2026, 2, 27)]

    def test_every_workday_leaves_carnival_out(self) -> None:
        days = {move.day.day for move in unrolled(every="workday", months=[2])}
        assert len(days) == 18
        assert not days & {16, 17}

    def test_times_stay_between_their_bounds(self) -> None:
        by_month = [move.day.month for move in unrolled(times=[2, 4])]
        assert all(2 <= by_month.count(month) <= 4 for month in (2, 3, 4))

    def test_twins_are_equal_but_for_their_key(self) -> None:
        first, twin = unrolled(day=5, months=[2], twins=1)
        assert (first.date, first.cents, first.raw) == (twin.date, twin.cents, twin.raw)
        assert first.key != twin.key


class TestMoney:
    def test_spending_is_negative_and_income_positive(self) -> None:
        assert unrolled(day=5)[0].cents == -1000
        assert unrolled(day=5, direction="in")[0].cents == 1000

    def test_a_range_is_kept(self) -> None:
        amounts = [-move.cents for move in unrolled(every="day", amount=[5.0, 9.99])]
        assert all(500 <= amount <= 999 for amount in amounts)
        assert len(set(amounts)) > 20

    def test_steps_are_whole(self) -> None:
        assert all(move.cents % 5000 == 0 for move in unrolled(every="day", amount=[100.0, 300.0], step=50.0))

    def test_a_fee_is_taken_and_told(self) -> None:
        move = unrolled(day=5, direction="in", amount=200.0, fee_rate=0.025, reason="{gross} {fee}")[0]
        assert (move.cents, move.reason) == (19_500, "R$ 200,00 R$ 5,00")

    def test_foreign_money_keeps_both_amounts(self) -> None:
        move = unrolled(day=5, amount=10.0, currency="USD")[0]
        assert move.foreign == ("USD", -1000)
        assert -5890 <= move.cents <= -5180


class TestWords:
    def test_raw_text_is_plain_capitals(self) -> None:
        move = unrolled(day=5, raw="Café {name}", party=Party(name="João"))[0]
        assert move.raw == "CAFE JOAO"

    def test_merchants_give_name_category_and_price(self) -> None:
        move = unrolled(day=5, amount=None, merchants=["coffee"], description="{merchant}", raw="{raw}")[0]
        assert (move.description, move.category, move.cents, move.mcc) == (
            "Café do Ponto",
            "11010000",
            -750,
            5814,
        )


class TestClock:
    @pytest.mark.parametrize(
        ("clock", "time"),
        [("bare", "T00:00:00.000Z"), ("midnight", "T03:00:00.000Z"), (None, "T03:00:00.000Z")],
    )
    def test_days_without_a_time(self, clock: str | None, time: str) -> None:
        assert unrolled(day=5, clock=clock)[0].date == f"2026-02-05{time}"

    def test_a_pix_has_an_instant_of_its_brazilian_day(self) -> None:
        for move in unrolled(every="day", method="PIX", amount=Random(1).random()):
            assert wire.local_day(wire.parse(move.date)) == move.day
            assert not move.date.endswith("00:00:00.000Z")


def test_today_is_the_brazilian_day() -> None:
    assert SPAN.today == date(2026, 3, 20)
