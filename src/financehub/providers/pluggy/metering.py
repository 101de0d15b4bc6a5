"""How many requests a piece of work sends, retries included, whichever client sends them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Meter:
    """Requests sent so far, and what is to happen before each."""

    requests: int = 0
    before_each: Callable[[], None] | None = None


_running: ContextVar[Meter | None] = ContextVar("pluggy_meter", default=None)


@contextmanager
def metered(before_each: Callable[[], None] | None = None) -> Iterator[Meter]:
    """Count what the block sends from this thread; `before_each` may stop it by raising."""
    meter = Meter(before_each=before_each)
    token = _running.set(meter)
    try:
        yield meter
    finally:
        _running.reset(token)


def hold() -> bool:
    """While something is waited for: keep what the running work holds. Whether there is such work."""
    meter = _running.get()
    if meter is None or meter.before_each is None:
        return False
    meter.before_each()
    return True


def tick() -> None:
    """One request goes out."""
    meter = _running.get()
    if meter is None:
        return
    if meter.before_each is not None:
        meter.before_each()
    meter.requests += 1
