"""Not too much at once: at most three syncs run together, and their starts are half a second apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from financehub.core import locks

SLOTS = 3
SLOT_SECONDS = 900
RETRY_SECONDS = 3


@contextmanager
def slot() -> Iterator[bool]:
    """Hold one of the slots for the block, and wait for one's turn to start; False when all are taken."""
    for number in range(SLOTS):
        name = f"sync-slot:{number}"
        holder = locks.try_acquire(name, seconds=SLOT_SECONDS)
        if holder is None:
            continue
        try:
            yield _take_turn()
        finally:
            locks.release(name, holder)
        return
    yield False


def _take_turn() -> bool:
    """The lease is not given back: it runs out when the next start may come."""
    gap = settings.SYNC_START_GAP_SECONDS
    if not gap:
        return True
    try:
        locks.acquire("sync-start", seconds=gap, wait=SLOTS * 4 * gap)
    except locks.LockBusy:
        return False
    return True
