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
        self._heaps: dict[str, list[Due]] = {}
        self._sequence = 0

    def at(self, moment: int, job: str, subject: str, clock: str = "") -> None:
        self._sequence += 1
        heapq.heappush(self._heaps.setdefault(clock, []), Due(moment, self._sequence, job, subject, clock))

    def next_due(self, clock: str = "") -> int | None:
        """When the earliest entry of that clock is due, or None when nothing waits."""
        heap = self._heaps.get(clock)
        return heap[0].moment if heap else None

    def take(self, now: int, clock: str = "") -> Due | None:
        """The earliest entry of that clock due by `now`, taken off the list."""
        due = self.next_due(clock)
        return heapq.heappop(self._heaps[clock]) if due is not None and due <= now else None

    def forget(self, clock: str) -> None:
        """Drop everything a deleted test clock was to do."""
        self._heaps.pop(clock, None)

    def entries(self) -> list[Due]:
        """Everything that waits, in no order."""
        return [entry for heap in self._heaps.values() for entry in heap]

    def __len__(self) -> int:
        return sum(map(len, self._heaps.values()))
