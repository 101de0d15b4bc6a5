"""The limiter that limits nothing."""

from financehub.providers.telegram.limits import Unlimited


def test_it_never_waits() -> None:
    for _ in range(1000):
        Unlimited().acquire(1)
