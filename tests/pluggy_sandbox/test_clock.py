"""The virtual clock and the stamps it makes."""

from datetime import UTC, datetime, timedelta

from tests.pluggy_sandbox.box import NOON

from pluggy_sandbox.clock import Clock, optional_stamp, stamp


def test_a_frozen_clock_stands_still_until_it_is_moved() -> None:
    clock = Clock(NOON, frozen=True)
    assert clock.now() == NOON
    clock.move_to(NOON + timedelta(hours=1))
    assert clock.now() == NOON + timedelta(hours=1)


def test_no_clock_runs_backwards() -> None:
    clock = Clock(NOON, frozen=True)
    clock.move_to(NOON - timedelta(days=1))
    assert clock.now() == NOON


def test_a_running_clock_starts_where_it_is_told_and_goes_on() -> None:
    clock = Clock(NOON)
    first = clock.now()
    clock.move_to(NOON + timedelta(days=1))
    assert timedelta(0) <= first - NOON < timedelta(seconds=5)
    assert timedelta(0) <= clock.now() - (NOON + timedelta(days=1)) < timedelta(seconds=5)


def test_a_clock_without_a_start_tells_real_time() -> None:
    assert abs((Clock().now() - datetime.now(UTC)).total_seconds()) < 5


def test_a_stamp_has_milliseconds_and_a_zone() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 678_900, tzinfo=UTC)
    assert stamp(moment) == "2026-01-02T03:04:05.678Z"
    assert optional_stamp(None) is None
