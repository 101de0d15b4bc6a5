"""The queue of things that will happen."""

from datetime import timedelta

from tests.pluggy_sandbox.box import NOON

from pluggy_sandbox.timers import Timers


def after(seconds: int):
    return NOON + timedelta(seconds=seconds)


def test_timers_fire_in_order_of_their_moment_and_not_before() -> None:
    timers, fired = Timers(), []
    timers.at(after(2), lambda: fired.append("second"))
    timers.at(after(1), lambda: fired.append("first"))
    timers.at(after(9), lambda: fired.append("later"))
    assert timers.fire_due(after(2)) == 2
    assert fired == ["first", "second"]
    assert timers.next_due() == after(9)


def test_equal_moments_fire_in_the_order_they_were_set() -> None:
    timers, fired = Timers(), []
    for name in "abc":
        timers.at(after(1), lambda name=name: fired.append(name))
    timers.fire_due(after(1))
    assert fired == ["a", "b", "c"]


def test_a_cancelled_timer_never_fires() -> None:
    timers, fired = Timers(), []
    timers.at(after(1), lambda: fired.append("no")).cancel()
    assert (timers.next_due(), len(timers)) == (None, 0)
    timers.fire_due(after(5))
    assert fired == []


def test_a_timer_may_set_another_that_is_due_as_well() -> None:
    timers, fired = Timers(), []
    timers.at(after(1), lambda: timers.at(after(2), lambda: fired.append("child")))
    assert timers.fire_due(after(3)) == 2
    assert fired == ["child"]
