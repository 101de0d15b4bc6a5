"""When something is due: always later, never twice, never left out, whatever the clock on the wall does."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.core.clock import SAO_PAULO
from financehub.timetable.schedules import At, Every, Schedule

MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
TIMES = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=4, unique=True)
SCHEDULES = st.one_of(
    st.builds(Every, st.integers(1, 90_000), st.integers(0, 5000)),
    st.builds(At, TIMES.map(lambda times: tuple(sorted(times)))),
)
SIX = At(((6, 0),))


def following(schedule: Schedule, start: datetime, count: int) -> list[datetime]:
    """The next so many due times."""
    found = [schedule.after(start)]
    while len(found) < count:
        found.append(schedule.after(found[-1]))
    return found


def local(moment: datetime) -> str:
    return moment.astimezone(SAO_PAULO).strftime("%Y-%m-%d %H:%M")


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=SAO_PAULO)


@given(SCHEDULES, MOMENTS)
def test_the_next_time_is_later_and_within_the_longest_gap(schedule: Schedule, moment: datetime) -> None:
    due = schedule.after(moment)
    assert timedelta(0) < due - moment <= schedule.longest_gap


@given(SCHEDULES, MOMENTS, st.floats(0, 1))
def test_asking_in_between_changes_nothing(schedule: Schedule, moment: datetime, share: float) -> None:
    due = schedule.after(moment)
    assert schedule.after(moment + (due - moment) * share * 0.999) == due


@given(MOMENTS)
def test_a_time_of_the_day_comes_once_on_every_day(moment: datetime) -> None:
    days = [due.astimezone(SAO_PAULO).date() for due in following(At(((23, 30),)), moment, 30)]
    # Half past eleven may fall on the next day where midnight is left out; never on the same one twice.
    assert all(timedelta(0) < later - sooner <= timedelta(days=2) for sooner, later in pairwise(days))
    assert days[-1] - days[0] == timedelta(days=29)


def test_a_day_is_twenty_three_or_twenty_five_hours_where_summer_time_begins_or_ends() -> None:
    begins = following(SIX, noon(2018, 11, 2), 2)
    ends = following(SIX, noon(2018, 2, 16), 2)
    assert [one[1] - one[0] for one in (begins, ends)] == [timedelta(hours=23), timedelta(hours=25)]
    assert [local(due)[-5:] for due in begins + ends] == ["06:00"] * 4


def test_a_midnight_that_does_not_exist_is_due_when_the_day_begins() -> None:
    """On 4 November 2018 the clocks went from 23:59 to 01:00."""
    times = [local(due) for due in following(At(((0, 0),)), noon(2018, 11, 2), 3)]
    assert times == ["2018-11-03 00:00", "2018-11-04 01:00", "2018-11-05 00:00"]


def test_an_hour_that_comes_twice_is_due_the_first_time() -> None:
    """On 18 February 2018, at midnight, it was 23:00 of the 17th again."""
    late = following(At(((23, 30),)), noon(2018, 2, 16), 3)
    assert [local(due) for due in late] == ["2018-02-16 23:30", "2018-02-17 23:30", "2018-02-18 23:30"]
    assert late[2] - late[1] == timedelta(hours=25)


def test_real_time_goes_through_a_clock_change_as_if_there_were_none() -> None:
    quarter = Every(900)
    gaps = {later - sooner for sooner, later in pairwise(following(quarter, noon(2018, 2, 17), 100))}
    assert gaps == {timedelta(minutes=15)}


def test_an_offset_moves_every_time() -> None:
    due = Every(3600, offset=2400).after(datetime(2026, 1, 5, 10, 39, 59, tzinfo=UTC))
    assert due == datetime(2026, 1, 5, 10, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (At(((8, 0),), weekdays=(0,)), ["2026-01-05 08:00", "2026-01-12 08:00"]),
        (At(((8, 0), (9, 30)), days=(31,)), ["2026-01-31 08:00", "2026-01-31 09:30"]),
    ],
)
def test_weekdays_and_days_of_the_month_narrow_it(schedule: At, expected: list[str]) -> None:
    assert [local(due) for due in following(schedule, noon(2026, 1, 1), 2)] == expected


def test_a_day_that_never_comes_is_refused() -> None:
    with pytest.raises(ValueError, match="never comes"):
        At(((8, 0),), days=(32,)).after(noon(2026, 1, 1))


def test_each_says_in_a_word_when() -> None:
    words = [
        str(one) for one in (Every(30), Every(3600, 60), At(((6, 0), (18, 30))), At(((8, 0),), (0,), (1,)))
    ]
    assert words == [
        "every 30 s",
        "every 3600 s + 60 s",
        "at 06:00, 18:30",
        "at 08:00 on weekdays 0 on days 1",
    ]


def test_the_longest_gap_of_a_day_is_the_longest_wait() -> None:
    night = At(((0, 0), (12, 0), (18, 0))).longest_gap
    assert night == timedelta(hours=13)  # the longest wait, and an hour for a clock change
