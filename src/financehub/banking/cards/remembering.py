"""Statements made lately, under the state of the rows they were made of: what is asked again and has not changed.

Every write of a row moves its content hash or one of its moments, so the same marks mean the same statement, in
whatever process and order the writes came. Nothing is stored: a process that forgets makes the statement again.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

MOST_ROWS = 25_000  # of all that is remembered together: some 25 MB

MadeT = TypeVar("MadeT")


class Remembered(Generic[MadeT]):
    """The latest of what was made, as much as fits, and the last one always."""

    def __init__(self, most_rows: int = MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._made: OrderedDict[Hashable, tuple[MadeT, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, rows: int, make: Callable[[], MadeT]) -> MadeT:
        """What was made under this key; else made now, of so many rows."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key][0]
        made = make()
        with self._lock:
            self._made[key] = (made, rows)
            while len(self._made) > 1 and sum(size for _, size in self._made.values()) > self._most_rows:
                self._made.popitem(last=False)
        return made
