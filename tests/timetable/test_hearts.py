"""Signs of life."""

import threading
from datetime import timedelta

import pytest

from financehub.core import clock
from financehub.timetable import hearts
from financehub.timetable.models import Heartbeat

pytestmark = pytest.mark.django_db


def heard(kind: str, seconds_ago: float) -> Heartbeat:
    at = clock.now() - timedelta(seconds=seconds_ago)
    return Heartbeat.objects.create(name=f"{kind} m:{seconds_ago}", kind=kind, started_at=at, at=at)


def test_a_process_has_one_row_that_keeps_its_start() -> None:
    at = clock.now()
    hearts.show(hearts.WORKER, at=at)
    hearts.show(hearts.WORKER, at=at + timedelta(seconds=10))
    row = Heartbeat.objects.get()
    assert (row.started_at, row.at, row.kind) == (at, at + timedelta(seconds=10), "worker")


def test_a_process_that_comes_by_often_writes_every_five_seconds() -> None:
    at, written = clock.now(), []
    for seconds in (0, 2, 4, 6, 8, -3600):
        hearts.show_now_and_then(hearts.BEAT, at=at + timedelta(seconds=seconds))
        written.append((Heartbeat.objects.get().at - at).total_seconds())
    assert written == [0, 0, 0, 6, 6, -3600]


def test_who_was_not_heard_of_for_three_signs_is_dead() -> None:
    alive, _ = heard(hearts.WORKER, 30), heard(hearts.WORKER, 40)
    heard(hearts.BEAT, 1)
    assert hearts.living(hearts.WORKER, clock.now()) == [alive]


def test_the_last_beat_is_remembered_the_long_dead_are_not() -> None:
    assert hearts.last_of(hearts.BEAT) is None
    last, _, _ = heard(hearts.BEAT, 9000), heard(hearts.BEAT, 9999), heard(hearts.WORKER, 9000)
    hearts.forget_old(clock.now())
    assert list(Heartbeat.objects.all()) == [last]
    assert hearts.last_of(hearts.BEAT) == last.at


@pytest.mark.django_db(transaction=True)
def test_a_pulse_beats_by_itself_and_takes_its_row_along() -> None:
    pulse, at = hearts.Pulse(hearts.WORKER, every=0.01).start(), clock.now()
    while not Heartbeat.objects.filter(
        at__gt=at, started_at__lt=clock.now() - timedelta(seconds=0.02)
    ).exists():
        threading.Event().wait(0.01)
    assert hearts.living(hearts.WORKER, clock.now())
    pulse.stop()
    assert not Heartbeat.objects.exists()
