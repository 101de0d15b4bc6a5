"""At most three syncs together, started half a second apart."""

import time
from contextlib import ExitStack
from typing import Any

import pytest

from financehub.banking import pacing
from financehub.core import locks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_gap(settings: Any) -> None:
    settings.SYNC_START_GAP_SECONDS = 0


def test_three_are_admitted_and_the_fourth_waits_outside() -> None:
    with ExitStack() as stack:
        assert [stack.enter_context(pacing.slot()) for _ in range(4)] == [True, True, True, False]


def fail_inside_a_slot() -> None:
    with pacing.slot() as admitted:
        assert admitted
        raise RuntimeError


def test_a_slot_is_free_again_also_after_an_error() -> None:
    for _ in range(pacing.SLOTS + 1):
        with pytest.raises(RuntimeError):
            fail_inside_a_slot()


def test_a_slot_whose_holder_died_is_free_when_its_lease_ends() -> None:
    for number in range(pacing.SLOTS):
        assert locks.try_acquire(f"sync-slot:{number}", seconds=-1)
    with pacing.slot() as admitted:
        assert admitted


def test_the_next_start_waits_for_its_turn(settings: Any) -> None:
    settings.SYNC_START_GAP_SECONDS = 0.2
    with pacing.slot() as first:
        began = time.monotonic()
        with pacing.slot() as second:
            assert (first, second) == (True, True)
            assert time.monotonic() - began >= 0.15


def test_one_that_waited_too_long_gives_its_slot_back(settings: Any) -> None:
    settings.SYNC_START_GAP_SECONDS = 0.01
    assert locks.try_acquire("sync-start", seconds=60)
    with pacing.slot() as admitted:
        assert not admitted
    assert locks.try_acquire("sync-slot:0", seconds=1)
