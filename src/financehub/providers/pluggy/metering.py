"""How many requests a piece of work sends, retries included, whichever client sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Meter:
    """Requests sent so far."""

    requests: int = 0


_running: ContextVar[Meter | None] = ContextVar("pluggy_meter", default=None)


@contextmanager
def metered() -> Iterator[Meter]:
    """Count what the block sends from this thread."""
    meter = Meter()
    token = _running.set(meter)
    try:
        yield meter
    finally:
        _running.reset(token)


def tick() -> None:
    """One request goes out."""
    meter = _running.get()
    if meter is not None:
        meter.requests += 1
