"""Celery's beat as our clock: the real program, and what it makes of a clock that jumps."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from tests.journeys.killing import database_url

from financehub.config.celery import app
from financehub.config.ticker import TICK_SECONDS, TimetableScheduler
from financehub.core import clock
from financehub.timetable import hearts
from financehub.timetable.models import TimedTask


@pytest.mark.parametrize(
    ("skews", "jumps"),
    [
        ([100.0, 100.0, 104.0, 100.0], [False, False, False, False]),
        ([100.0, 3700.0, 3700.0], [False, True, False]),
        ([100.0, -3500.0], [False, True]),
    ],
)
def test_a_clock_that_was_set_is_told_from_time_that_passed(skews: list[float], jumps: list[bool]) -> None:
    scheduler = TimetableScheduler(app)
    assert [scheduler.has_jumped(skew) for skew in skews] == jumps


@pytest.mark.django_db(transaction=True)
def test_a_tick_looks_at_the_rows_and_comes_again_in_two_seconds() -> None:
    assert TimetableScheduler(app).tick() == TICK_SECONDS == 2
    assert hearts.living(hearts.BEAT, clock.now())
    assert TimedTask.objects.filter(pk="sync-full", due_at__gt=clock.now()).exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_does_not_stop_the_clock(caplog: pytest.LogCaptureFixture) -> None:
    scheduler = TimetableScheduler(app)

    def refuse(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        assert scheduler.tick() == TICK_SECONDS
    assert "clock_cannot_read_rows" in caplog.text
    scheduler.tick()
    assert hearts.living(hearts.BEAT, clock.now())


@pytest.mark.django_db(transaction=True)
def test_the_program_ticks_and_writes_no_file(tmp_path: Path) -> None:
    names = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "financehub.config.settings"}
    command = [sys.executable, "-m", "celery", "-A", "financehub.config.celery", "beat", "--pidfile", ""]
    beat = subprocess.Popen(command, env={**os.environ, **names}, cwd=tmp_path, stderr=subprocess.PIPE)
    try:
        while not hearts.living(hearts.BEAT, clock.now()):
            assert beat.poll() is None, beat.stderr and beat.stderr.read()
            threading.Event().wait(0.05)
    finally:
        beat.terminate()
        beat.communicate(timeout=20)
    assert list(tmp_path.iterdir()) == []
