"""Quiet hours and digest times on a person's own clock, also where that clock jumps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from financehub.notifications import quiet
from financehub.notifications.models import Rhythm

ZONES = [
    "America/Sao_Paulo",
    "America/New_York",
    "Europe/Lisbon",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
]
rhythms = st.builds(
    Rhythm,
    time_zone=st.sampled_from(ZONES),
    quiet_from=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    quiet_until=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    digest_at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


def night(zone="America/Sao_Paulo", start=time(22), end=time(7)):
    return Rhythm(time_zone=zone, quiet_from=start, quiet_until=end)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-26T00:59", "2026-11-26T00:59"),  # 21:59 there
        ("2026-11-26T01:00", "2026-11-26T10:00"),  # 22:00
        ("2026-11-26T09:59", "2026-11-26T10:00"),  # 06:59
        ("2026-11-26T10:00", "2026-11-26T10:00"),  # 07:00
    ],
)
def test_a_night_in_sao_paulo(moment, allowed):
    assert quiet.next_allowed(night(), at(moment)) == at(allowed)


def test_equal_ends_mean_no_quiet():
    assert not quiet.is_quiet(night(start=time(9), end=time(9)), at("2026-11-26T12:00"))


def test_the_night_in_which_the_clocks_go_back_is_an_hour_longer():
    """New York, 1 November 2026: 22:00 EDT is 02:00 UTC, 07:00 EST is 12:00 UTC."""
    assert quiet.next_allowed(night("America/New_York"), at("2026-11-01T02:30")) == at("2026-11-01T12:00")


def test_quiet_that_ends_in_a_skipped_hour_ends_as_the_clocks_jump():
    """New York, 8 March 2026: 02:30 does not exist; the jump is at 07:00 UTC."""
    rhythm = night("America/New_York", time(22), time(2, 30))
    assert quiet.next_allowed(rhythm, at("2026-03-08T05:00")) == at("2026-03-08T07:00")


@given(rhythm=rhythms, moment=moments)
def test_what_is_allowed_is_never_quiet_nor_earlier_nor_more_than_a_day_away(rhythm, moment):
    allowed = quiet.next_allowed(rhythm, moment)
    assert not quiet.is_quiet(rhythm, allowed)
    assert moment <= allowed <= moment + timedelta(hours=26)
    if not quiet.is_quiet(rhythm, moment):
        assert allowed == moment


@given(rhythm=rhythms, moment=moments, share=st.floats(0, 0.999))
def test_everything_before_it_is_quiet(rhythm, moment, share):
    allowed = quiet.next_allowed(rhythm, moment)
    assume(allowed > moment)
    between = moment + (allowed - moment) * share
    assert quiet.is_quiet(rhythm, between)


@given(rhythm=rhythms, moment=moments)
def test_a_digest_is_due_from_its_time_until_midnight_or_for_an_hour(rhythm, moment):
    zone = ZoneInfo(rhythm.time_zone)
    today = moment.astimezone(zone).date()
    began, before = (
        quiet.moment_of(day, rhythm.digest_at, zone) for day in (today, today - timedelta(days=1))
    )
    due = quiet.digest_day(rhythm, moment)
    if moment >= began:
        assert due == today
    else:
        assert due == (today - timedelta(days=1) if moment < before + timedelta(hours=1) else None)


def test_a_zone_that_this_machine_does_not_know_is_the_countrys():
    assert quiet.zone_of(Rhythm(time_zone="Mars/Olympus")) == ZoneInfo("America/Sao_Paulo")


@given(rhythm=rhythms, day=st.dates(date(2024, 1, 1), date(2027, 12, 30)))
def test_every_day_that_exists_has_its_digest(rhythm, day):
    zone = ZoneInfo(rhythm.time_zone)
    start = quiet.moment_of(day, rhythm.digest_at, zone)
    assert quiet.digest_day(rhythm, start) == start.astimezone(zone).date()
