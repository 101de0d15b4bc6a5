"""The table of everything that runs by time."""

import pytest
from celery import current_app
from django.conf import settings

from financehub.config import beat

TIMES = {
    "sync-all": "at 00:00, 12:00, 18:00",
    "sync-full": "at 06:00",
    "sync-stale": "at 00:20, 04:20, 08:20, 12:20, 16:20, 20:20",
    "consents": "at 08:00",
    "dunning": "every 900 s",
}


def test_the_times_of_the_day_are_those_that_were_asked_for() -> None:
    found = {entry.name: str(entry.when) for entry in beat.TABLE}
    assert {name: found[name] for name in TIMES} == TIMES


def test_every_line_has_a_name_of_its_own_that_fits_an_address() -> None:
    names = [entry.name for entry in settings.TIMETABLE]
    assert len(names) == len(set(names))
    assert all(name == name.lower() and name.replace("-", "").isalnum() and len(name) <= 60 for name in names)


@pytest.mark.parametrize("entry", beat.TABLE, ids=lambda entry: entry.name)
def test_every_line_can_be_run_and_says_in_a_sentence_what_it_does(entry: beat.Entry) -> None:
    current_app.loader.import_default_modules()
    assert entry.task in current_app.tasks
    assert entry.parts is None or entry.parts.task in current_app.tasks
    assert entry.does[0].isupper()
    assert entry.does.endswith(".")
    assert len(str(entry.when)) <= 200


def test_what_concerns_every_connection_is_spread_and_the_house_holds_at_most_three_syncs() -> None:
    spread = {entry.name: entry.parts for entry in beat.TABLE if entry.parts}
    assert set(spread) >= {"sync-all", "sync-full", "sync-stale", "consents", "months"}
    assert all(parts.together <= 3 and parts.window.total_seconds() > 0 for parts in spread.values())
