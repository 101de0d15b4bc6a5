"""Things that will happen, as plain data: what to do to which object, when, and by which clock."""

import heapq
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Due:
    """One entry. Equal moments happen in the order they were written down."""

    moment: int
    sequence: int
    job: str
    subject: str
    clock: str = ""  # the id of a test clock; empty: the clock of the box


class Agenda:
    """Holds entries; somebody else decides when to act on them. A stale entry is recognised by its job."""

    def __init__(self) -> None:
        self._heap: list[Due] = []
        self._sequence = 0

    def at(self, moment: int, job: str, subject: str, clock: str = "") -> None:
        self._sequence += 1
        heapq.heappush(self._heap, Due(moment, self._sequence, job, subject, clock))

    def next_due(self, clock: str = "") -> int | None:
        """When the earliest entry of that clock is due, or None when nothing waits."""
        return min((entry.moment for entry in self._heap if entry.clock == clock), default=None)

    def take(self, now: int, clock: str = "") -> Due | None:
        """The earliest entry of that clock due by `now`, taken off the list."""
        ready = [entry for entry in self._heap if entry.clock == clock and entry.moment <= now]
        if not ready:
            return None
        first = min(ready)
        self._heap.remove(first)
        heapq.heapify(self._heap)
        return first

    def forget(self, clock: str) -> None:
        """Drop everything a deleted test clock was to do."""
        self._heap = [entry for entry in self._heap if entry.clock != clock]
        heapq.heapify(self._heap)

    def __len__(self) -> int:
        return len(self._heap)
