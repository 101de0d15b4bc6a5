"""Rows keep to the table and to the clock: new times, nights off, clocks that were wrong."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings
from tests.timetable.tables import MANY, ONE, due

from financehub.core import clock
from financehub.timetable import planning
from financehub.timetable.entries import Entry
from financehub.timetable.models import TimedTask
from financehub.timetable.schedules import At, Every

pytestmark = pytest.mark.django_db

DAILY = Entry("daily", "tests.timed", At(((6, 0),)), "Once a day.")
SWEEP = Entry("sweep", "tests.timed", Every(30), "All the time.", catches_up=False)
NOON = datetime(2026, 1, 5, 12, tzinfo=clock.SAO_PAULO)
SIX = NOON.replace(hour=6)


def planned(entry: Entry, at: datetime) -> datetime:
    planning.keep(at)
    return TimedTask.objects.get(pk=entry.name).due_at


def test_every_line_gets_a_row_for_its_next_time_and_keeps_it() -> None:
    planning.keep(NOON)
    planning.keep(NOON + timedelta(minutes=1))
    rows = dict(TimedTask.objects.values_list("name", "due_at"))
    assert rows == {ONE.name: NOON + timedelta(hours=1), MANY.name: NOON + timedelta(hours=1)}


def test_a_new_time_counts_from_now_on(settings: Settings) -> None:
    settings.TIMETABLE = [DAILY]
    assert planned(DAILY, NOON) == SIX + timedelta(days=1)
    settings.TIMETABLE = [Entry("daily", "tests.timed", At(((18, 0),)), "Later.")]
    assert planned(DAILY, NOON) == NOON.replace(hour=18)


def test_what_is_due_already_stays_due_under_its_new_times(settings: Settings) -> None:
    due(DAILY, SIX)
    settings.TIMETABLE = [Entry("daily", "tests.timed", At(((18, 0),)), "Later.")]
    assert planned(DAILY, NOON) == SIX


def test_a_night_off_is_made_up_for_or_let_pass_as_the_line_says(settings: Settings) -> None:
    settings.TIMETABLE = [DAILY, SWEEP]
    due(DAILY, SIX)
    due(SWEEP, SIX)
    assert planned(DAILY, NOON) == SIX
    sweep = TimedTask.objects.get(pk="sweep")
    assert (sweep.due_at, sweep.missed) == (NOON + timedelta(seconds=30), 1)


def test_what_a_person_asked_for_is_never_let_pass(settings: Settings) -> None:
    settings.TIMETABLE = [SWEEP]
    row = due(SWEEP, SIX)
    TimedTask.objects.filter(pk=row.pk).update(asked_at=SIX)
    assert planned(SWEEP, NOON) == SIX


def test_a_clock_set_back_a_little_lets_nothing_run_twice(settings: Settings) -> None:
    settings.TIMETABLE = [DAILY]
    due(DAILY, SIX + timedelta(days=1))  # today's has been
    assert planned(DAILY, SIX - timedelta(hours=2)) == SIX + timedelta(days=1)


@pytest.mark.parametrize(("entry", "ahead"), [(DAILY, timedelta(days=400)), (SWEEP, timedelta(hours=1))])
def test_a_clock_that_had_been_far_ahead_silences_nothing(
    settings: Settings, entry: Entry, ahead: timedelta
) -> None:
    settings.TIMETABLE = [entry]
    due(entry, NOON + ahead)
    assert planned(entry, NOON) == entry.when.after(NOON)


def test_a_line_that_is_gone_is_forgotten_when_no_other_version_can_want_it(settings: Settings) -> None:
    due(ONE, NOON - timedelta(days=3))
    due(MANY, NOON)
    settings.TIMETABLE = []
    planning.keep(NOON)
    assert list(TimedTask.objects.values_list("name", flat=True)) == [MANY.name]


def test_five_minutes_late_is_not_late() -> None:
    assert not planning.is_late(NOON, NOON + timedelta(minutes=5))
    assert planning.is_late(NOON, NOON + timedelta(minutes=5, seconds=1))
