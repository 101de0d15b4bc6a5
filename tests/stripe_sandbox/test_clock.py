import time

from stripe_sandbox.clock import Clock


def test_a_frozen_clock_moves_forward_only_when_told() -> None:
    clock = Clock(1000, frozen=True)
    assert (clock.now(), clock.frozen) == (1000, True)
    clock.move_to(900)
    assert clock.now() == 1000
    clock.move_to(2000)
    assert clock.now() == 2000


def test_a_running_clock_keeps_its_lead_over_real_time() -> None:
    clock = Clock()
    clock.move_to(int(time.time()) + 5000)
    assert 4999 <= clock.now() - time.time() <= 5002
    assert not clock.frozen
