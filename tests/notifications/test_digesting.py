"""Whose digest is due: once a person's own day, at the time each chose, in any zone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from financehub.notifications import digesting, rhythm
from financehub.notifications.models import Rhythm

EIGHT = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)  # 08:00 in Sao Paulo


def keep(person, zone, at):
    rhythm.keep(person=person, time_zone=zone, quiet_from=time(0), quiet_until=time(0), digest_at=at)


def people(at):
    return {one.person.email: one.day for one in digesting.due(at)}


def test_everybody_at_eight_unless_they_chose_otherwise(ana, bruno, carla):
    keep(bruno, "Europe/Lisbon", time(8))  # was due three hours ago
    keep(carla, "America/Sao_Paulo", time(20))
    today = date(2026, 11, 26)
    assert people(EIGHT - timedelta(minutes=1)) == {"bruno@example.com": today}
    assert people(EIGHT) == {"ana@example.com": today, "bruno@example.com": today}


def test_once_a_day(ana):
    (first,) = digesting.due(EIGHT)
    assert digesting.claim(first)
    assert not digesting.claim(first)
    assert people(EIGHT + timedelta(hours=1)) == {}
    assert people(EIGHT + timedelta(days=1)) == {"ana@example.com": date(2026, 11, 27)}


def test_is_about_what_came_since_the_last_one(ana):
    (first,) = digesting.due(EIGHT)
    assert first.since == EIGHT - timedelta(days=1)
    digesting.claim(first)
    (second,) = digesting.due(EIGHT + timedelta(days=1, minutes=5))
    assert second.since == EIGHT


def test_after_a_long_pause_it_is_about_the_last_days(ana):
    (first,) = digesting.due(EIGHT)
    digesting.claim(first)
    (late,) = digesting.due(EIGHT + timedelta(days=30))
    assert late.since == late.at - digesting.LONGEST_LOOK


def test_late_at_night_is_not_missed_by_a_clock_that_looks_every_five_minutes(ana):
    keep(ana, "America/Sao_Paulo", time(23, 58))
    midnight = datetime(2026, 11, 27, 3, 0, 20, tzinfo=UTC)
    assert people(midnight - timedelta(minutes=5)) == {}
    assert people(midnight) == {"ana@example.com": date(2026, 11, 26)}


@pytest.mark.django_db
@how(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(["America/Sao_Paulo", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu"]),
    at=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    start=st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 20)),
)
def test_a_clock_that_looks_every_quarter_of_an_hour_finds_one_for_each_of_the_persons_days(
    ana, zone, at, start
):
    Rhythm.objects.all().delete()
    keep(ana, zone, at)
    start, days = start.replace(tzinfo=UTC), []
    for quarter in range(3 * 24 * 4):
        for one in digesting.due(start + timedelta(minutes=15 * quarter)):
            assert digesting.claim(one)
            days.append(one.day)
    assert days == sorted(set(days))
    assert len(days) in {3, 4}
