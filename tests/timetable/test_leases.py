"""A lease is held for as long as the work goes on."""

import threading
import time

import pytest
from django.db import OperationalError

from financehub.timetable import leases


def test_it_is_renewed_until_the_work_is_done_even_after_a_stumble() -> None:
    renewed, thrice = [], threading.Event()

    def renew() -> bool:
        renewed.append(len(renewed))
        if len(renewed) == 3:
            thrice.set()
        if len(renewed) == 2:
            raise OperationalError("away")
        return True

    with leases.kept(renew, seconds=0.03):
        assert thrice.wait(10)
    assert renewed[:3] == [0, 1, 2]


def test_one_that_is_another_s_by_now_is_not_asked_for_again() -> None:
    asked = []

    def renew() -> bool:
        asked.append(threading.current_thread())
        return False

    with leases.kept(renew, seconds=0.03):
        while not asked:
            threading.Event().wait(0.01)
        asked[0].join(10)
        assert not asked[0].is_alive()
    assert len(asked) == 1


def test_work_that_hangs_does_not_hold_its_lease_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hours are over when the clock says so."""
    renewed: list[float] = []

    def renew() -> bool:
        renewed.append(time.monotonic())
        monkeypatch.setattr(time, "monotonic", lambda: renewed[0] + leases.LONGEST + 1)
        return True

    others = set(threading.enumerate())
    with leases.kept(renew, seconds=0.03):
        (keeper,) = [thread for thread in threading.enumerate() if thread not in others]
        keeper.join(10)
        assert not keeper.is_alive()
    assert len(renewed) == 1
