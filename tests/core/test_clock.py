"""Which day a bank would say a moment is: both of the vendor's midnight conventions, across every DST rule."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.core import clock

SAO_PAULO = ZoneInfo("America/Sao_Paulo")

# Brazil ended summer time in 2019; before it, midnight itself could be missing (spring) or come twice (autumn).
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2035, 12, 31))
CHANGES = st.sampled_from(
    [date(2017, 10, 15), date(2018, 2, 18), date(2018, 11, 4), date(2019, 2, 16), date(2019, 2, 17)]
)
MOMENTS_OF_DAY = st.integers(min_value=0, max_value=86_399_999)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-5, ("now", 0)),
        (59, ("now", 0)),
        (60, ("minutes", 1)),
        (3599, ("minutes", 59)),
        (3600, ("hours", 1)),
        (86_399, ("hours", 23)),
        (86_400, ("day", 1)),
        (172_799, ("day", 1)),
        (172_800, ("days", 2)),
        (8 * 86_400, ("days", 8)),
    ],
)
def test_how_long_ago_is_told_in_one_unit(seconds: int, told: tuple[str, int]) -> None:
    # half a second aside, so that the time the call takes changes no answer
    assert clock.elapsed(clock.now() - timedelta(seconds=seconds + 0.5 * (seconds > 0))) == told


@given(day=DAYS | CHANGES)
def test_exactly_midnight_utc_is_a_bare_date(day: date) -> None:
    assert clock.bank_day(datetime.combine(day, time(0), tzinfo=UTC)) == day


@given(day=DAYS | CHANGES, milliseconds=MOMENTS_OF_DAY.filter(bool))
def test_any_other_moment_is_the_day_in_sao_paulo(day: date, milliseconds: int) -> None:
    moment = datetime.combine(day, time(0), tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    assert clock.bank_day(moment) == moment.astimezone(SAO_PAULO).date()


@given(day=DAYS | CHANGES)
def test_local_midnight_written_in_utc_is_that_day(day: date) -> None:
    assert clock.bank_day(clock.start_of_day(day).astimezone(UTC)) == day


@given(day=DAYS | CHANGES, milliseconds=MOMENTS_OF_DAY)
def test_a_moment_without_a_zone_is_already_local(day: date, milliseconds: int) -> None:
    moment = datetime.combine(day, time(0)) + timedelta(milliseconds=milliseconds)
    assert clock.bank_day(moment) == day


@given(day=DAYS | CHANGES, milliseconds=MOMENTS_OF_DAY, hours=st.integers(min_value=-12, max_value=14))
def test_the_zone_a_moment_is_written_in_changes_nothing(day: date, milliseconds: int, hours: int) -> None:
    moment = datetime.combine(day, time(0), tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    elsewhere = moment.astimezone(ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"))
    assert clock.bank_day(elsewhere) == clock.bank_day(moment)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02T00:00:00.000+00:00", date(2026, 3, 2)),
        ("2026-03-02T00:00:00.001+00:00", date(2026, 3, 1)),
        ("2026-03-02T02:59:59.999+00:00", date(2026, 3, 1)),
        ("2026-03-02T03:00:00.000+00:00", date(2026, 3, 2)),
        ("2026-03-02T23:59:59.999+00:00", date(2026, 3, 2)),
        ("2018-11-04T02:59:59.000+00:00", date(2018, 11, 3)),  # the night in which midnight was skipped
        ("2018-11-04T03:00:00.000+00:00", date(2018, 11, 4)),
        ("2019-01-10T02:00:00.000+00:00", date(2019, 1, 10)),  # summer time: two hours behind
        ("2019-02-17T02:30:00.000+00:00", date(2019, 2, 16)),  # the hour that came twice
    ],
)
def test_the_days_a_person_would_check(text: str, day: date) -> None:
    assert clock.bank_day(datetime.fromisoformat(text)) == day


@given(day=DAYS | CHANGES)
def test_a_day_starts_after_the_day_before(day: date) -> None:
    before = clock.start_of_day(clock.days_before(day, 1))
    length = clock.start_of_day(day) - before
    assert timedelta(hours=22) < length < timedelta(hours=26)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_today_is_the_day_in_sao_paulo() -> None:
    before, today, after = clock.now(), clock.today(), clock.now()
    assert before.astimezone(SAO_PAULO).date() <= today <= after.astimezone(SAO_PAULO).date()


def test_runs_ahead_by_the_setting_while_the_wall_does_not(settings) -> None:
    settings.CLOCK_AHEAD = timedelta(days=40)
    assert timedelta(days=40) <= clock.now() - clock.wall() + timedelta(seconds=5)
    assert abs(clock.wall() - datetime.now(UTC)) < timedelta(seconds=30)


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1950, 1, 1), max_value=datetime(2050, 1, 1)))
def test_a_moment_that_was_written_down_is_read_again(moment: datetime) -> None:
    assert clock.parse(moment.isoformat()) == datetime.fromisoformat(moment.isoformat())


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
def test_what_is_no_moment_with_a_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|isoformat"):
        clock.parse(text)
