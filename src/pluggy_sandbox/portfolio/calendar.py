"""Days as Brazilian banks count them: months, workdays, national holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_FIXED = {(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25)}
# Days from Easter Sunday: Carnival Monday and Tuesday, Good Friday, Corpus Christi.
_MOVABLE = (-48, -47, -2, 60)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def is_workday(day: date) -> bool:
    """Whether banks settle on that day."""
    if day.weekday() >= 5 or (day.month, day.day) in _FIXED:
        return False
    return (day - easter(day.year)).days not in _MOVABLE


def workday_from(day: date) -> date:
    """The day itself, or the next one banks work."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def on_day(year: int, month: int, day: int) -> date:
    """That day of the month, or its last."""
    return date(year, month, min(day, days_in(year, month)))


def days_in(year: int, month: int) -> int:
    """How many days the month has."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def later(day: date, months: int) -> date:
    """The same day some months later (earlier when negative), or the last of that month."""
    count = day.year * 12 + day.month - 1 + months
    return on_day(count // 12, count % 12 + 1, day.day)


def months_between(first: date, last: date) -> Iterator[tuple[int, int]]:
    """(year, month) of every month the days from `first` to `last` touch."""
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield count // 12, count % 12 + 1
