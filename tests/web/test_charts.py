"""Numbers as shapes."""

from datetime import date

from financehub.banking.reports import MonthFlow
from financehub.web import charts


def months(*pairs: tuple[int, int]) -> list[MonthFlow]:
    return [MonthFlow(date(2026, number + 1, 1), *pair) for number, pair in enumerate(pairs)]


class TestBars:
    def test_draws_every_month_on_one_scale(self) -> None:
        bars = charts.bars(months(*[(100, 50)] * 5, (200, 0)))

        assert [(bar.in_height, bar.out_height) for bar in bars] == [(70, 35)] * 5 + [(140, 0)]
        assert (bars[-1].in_top, bars[0].out_top) == (0, 105)

    def test_keeps_the_smallest_amount_visible(self) -> None:
        assert charts.bars(months(*[(0, 0)] * 5, (1_000_000, 1)))[-1].out_height == 2

    def test_starts_at_the_first_month_with_movement_but_shows_six(self) -> None:
        quiet = [(0, 0)]

        assert len(charts.bars(months(*quiet * 11, (1, 1)))) == 6
        assert len(charts.bars(months(*quiet * 3, (1, 1), *quiet * 8))) == 9
        assert len(charts.bars(months(*quiet * 12))) == 6


class TestSparkPoints:
    def test_goes_from_left_to_right_with_the_highest_on_top(self) -> None:
        assert charts.spark_points([0, 100, 50]) == "0,260 440,20 880,140"

    def test_is_level_when_nothing_moved(self) -> None:
        assert charts.spark_points([5, 5]) == "0,140 880,140"

    def test_draws_nothing_from_less_than_two_numbers(self) -> None:
        assert charts.spark_points([5]) == ""
