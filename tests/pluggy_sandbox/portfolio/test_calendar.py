"""Brazilian workdays and months."""

from datetime import date

import pytest

from pluggy_sandbox.portfolio import calendar


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 2, 16),
        date(2026, 2, 17),
        date(2026, 4, 3),
        date(2026, 6, 4),
        date(2026, 11, 20),
        date(2026, 12, 25),
    ],
)
def test_holidays_are_no_workdays(day: date) -> None:
    assert not calendar.is_workday(day)


def test_easter_of_three_years() -> None:
    assert [calendar.easter(year) for year in (2024, 2025, 2026)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
    ]


def test_a_payment_day_moves_past_the_weekend() -> None:
    assert calendar.workday_from(date(2026, 9, 5)) == date(2026, 9, 8)


def test_later_keeps_the_day_or_takes_the_last() -> None:
    assert calendar.later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert calendar.later(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert calendar.later(date(2024, 12, 15), 1) == date(2025, 1, 15)


def test_months_between_touches_both_ends() -> None:
    assert list(calendar.months_between(date(2025, 12, 31), date(2026, 2, 1))) == [
        (2025, 12),
        (2026, 1),
        (2026, 2),
    ]


def test_on_day_and_days_in_know_february() -> None:
    assert calendar.on_day(2024, 2, 31) == date(2024, 2, 29)
    assert calendar.days_in(2026, 2) == 28
