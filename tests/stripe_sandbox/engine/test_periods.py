from datetime import UTC, datetime

import pytest

from stripe_sandbox.engine.periods import next_boundary, share, step


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("start", "interval", "count", "end"),
    [
        ("2027-01-31T10:00", "month", 1, "2027-02-28T10:00"),
        ("2027-01-31T10:00", "month", 2, "2027-03-31T10:00"),
        ("2028-02-29T00:00", "year", 1, "2029-02-28T00:00"),
        ("2026-11-25T12:00", "month", 2, "2027-01-25T12:00"),
        ("2026-11-25T12:00", "week", 2, "2026-12-09T12:00"),
        ("2026-11-25T12:00", "day", 3, "2026-11-28T12:00"),
    ],
)
def test_a_step_keeps_the_day_or_takes_the_months_last(
    start: str, interval: str, count: int, end: str
) -> None:
    assert step(at(start), interval, count) == at(end)


def test_boundaries_follow_the_anchor_and_not_the_shorter_month() -> None:
    anchor = at("2027-01-31T10:00")
    second = next_boundary(anchor, "month", 1, anchor)
    assert second == at("2027-02-28T10:00")
    assert next_boundary(anchor, "month", 1, second) == at("2027-03-31T10:00")


def test_an_anchor_ahead_is_the_first_boundary() -> None:
    assert next_boundary(at("2026-12-01T00:00"), "month", 1, at("2026-11-25T00:00")) == at("2026-12-01T00:00")


def test_a_share_is_rounded_half_away_from_zero() -> None:
    assert share(7900, 15, 30) == 3950
    assert share(5, 1, 2) == 3
    assert share(-5, 1, 2) == -3
    assert share(100, 1, 0) == 0
