"""Things that will happen: a queue ordered by the virtual clock."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(order=True)
class Timer:
    """One action due at a moment. Equal moments fire in the order they were set."""

    due: datetime
    sequence: int
    action: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Timers:
    """Holds timers; somebody else decides when to fire them."""

    def __init__(self) -> None:
        self._heap: list[Timer] = []
        self._sequence = 0

    def at(self, moment: datetime, action: Callable[[], None]) -> Timer:
        """Ask for `action` to be called once the virtual clock reaches `moment`."""
        self._sequence += 1
        timer = Timer(moment, self._sequence, action)
        heapq.heappush(self._heap, timer)
        return timer

    def next_due(self) -> datetime | None:
        """When the earliest live timer is due, or None when nothing waits."""
        while self._heap and self._heap[0].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0].due if self._heap else None

    def fire_due(self, now: datetime) -> int:
        """Fire, in order, everything due by `now`; returns how many fired."""
        fired = 0
        while (due := self.next_due()) is not None and due <= now:
            heapq.heappop(self._heap).action()
            fired += 1
        return fired

    def clear(self) -> None:
        self._heap.clear()

    def __len__(self) -> int:
        return sum(not timer.cancelled for timer in self._heap)
