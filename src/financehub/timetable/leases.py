"""Holding a lease while the work goes on: a thread renews it, so that a short lease fits a long run."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.db import DatabaseError, InterfaceError, connection

RENEWALS = 3  # tries within the length of a lease
LONGEST = 6 * 3600.0  # seconds: what has not ended by then hangs, and its lease is let go

log = structlog.get_logger()


@contextmanager
def kept(renew: Callable[[], bool], *, seconds: float) -> Iterator[None]:
    """For the block: call `renew` three times in `seconds`; it answers whether the lease is still ours.

    Not for ever: work that hangs would keep every later run out.
    """
    done = threading.Event()
    keeper = threading.Thread(
        target=_keep, args=(renew, seconds / RENEWALS, done), name="lease-keeper", daemon=True
    )
    keeper.start()
    try:
        yield
    finally:
        done.set()


def _keep(renew: Callable[[], bool], pause: float, done: threading.Event) -> None:
    """One failed renewal is no reason to give up: the lease outlives two."""
    began = time.monotonic()
    while not done.wait(pause) and time.monotonic() - began < LONGEST:
        try:
            if not renew():
                break
        except (DatabaseError, InterfaceError) as error:
            log.warning("lease_not_renewed", error=type(error).__name__)
            connection.close()
    connection.close()
