"""At most three syncs together, started half a second apart; who waits is offered again by who ends."""

import time
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.builders import make_item
from tests.racing import race

from financehub.banking import pacing
from financehub.banking.models import Sync
from financehub.core import clock, locks

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _no_gap(settings: Any) -> None:
    settings.SYNC_START_GAP_SECONDS = 0


def make_sync(**fields: Any) -> Sync:
    item, at = make_item(), clock.now()
    values = {"trigger": "timer", "due_at": at, "requested_at": at, **fields}
    return Sync.objects.create(company=item.company, item=item, **values)


def running(count: int, *, for_another: timedelta = MINUTE) -> None:
    for _ in range(count):
        make_sync(status="RUNNING", lease_until=clock.now() + for_another)


@pytest.mark.parametrize(("count", "expected"), [(0, True), (2, True), (3, False)])
def test_three_run_together_and_the_fourth_waits(count: int, expected: bool) -> None:
    running(count)
    assert pacing.may_start() is expected


def test_what_a_dead_worker_held_takes_no_place_when_its_lease_has_ended() -> None:
    running(3, for_another=-MINUTE)
    assert pacing.may_start()


def test_the_next_start_waits_for_its_turn(settings: Any) -> None:
    settings.SYNC_START_GAP_SECONDS = 0.2
    assert pacing.may_start()
    began = time.monotonic()
    assert pacing.may_start()
    assert time.monotonic() - began >= 0.15


def test_one_that_waited_too_long_does_not_start(settings: Any) -> None:
    settings.SYNC_START_GAP_SECONDS = 0.01
    assert locks.try_acquire("sync-start", seconds=60)
    assert not pacing.may_start()


def test_what_a_person_waits_for_is_offered_first_and_never_more_than_may_run(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    at = clock.now()
    old = [make_sync(due_at=at - (9 - number) * MINUTE) for number in range(4)]
    first, asked = make_sync(trigger="first"), make_sync(trigger="person")
    make_sync(trigger="first", due_at=at + MINUTE)
    with django_capture_on_commit_callbacks() as offered:
        assert pacing.offer_waiting(due_by=clock.now()) == pacing.SLOTS == 3
    ids = [callback.args[1]["sync_id"] for callback in offered]  # type: ignore[attr-defined]
    assert ids == [str(first.pk), str(asked.pk), str(old[0].pk)]


@pytest.mark.django_db(transaction=True)
def test_however_many_want_in_at_once_three_get_in() -> None:
    """Eight workers find room and claim in the same moment."""
    syncs = [make_sync() for _ in range(8)]

    def claim(sync: Sync) -> bool:
        with pacing.room() as has_room:
            return has_room and sync.try_move_to("RUNNING", lease_until=clock.now() + MINUTE)

    won = race(*[partial(claim, sync) for sync in syncs])
    assert sorted(map(str, won)) == ["False"] * 5 + ["True"] * 3
