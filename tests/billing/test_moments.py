"""Seconds of Stripe's."""

from datetime import UTC, datetime

from financehub.billing.moments import moment


def test_whole_seconds_are_a_moment_and_nothing_is_nothing():
    assert moment(1_772_452_800) == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert moment(None) is None
