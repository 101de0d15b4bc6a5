"""How many events of one type are worked off a minute; what comes beyond is stored and waits, never lost."""

import random
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings

WINDOW = timedelta(minutes=1)


class Windows:
    """Counts per type and minute in this process: a shared count would cost each event three round trips."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], tuple[float, int]] = {}
        self._lock = Lock()

    def count(self, source: str, event_type: str, minute: float) -> int:
        """One more in this minute; how many it makes."""
        with self._lock:
            last, count = self._counts.get((source, event_type), (minute, 0))
            count = count + 1 if last == minute else 1
            self._counts[source, event_type] = (minute, count)
            return count

    def forget(self) -> None:
        self._counts.clear()


windows = Windows()


def wait_until(source: str, event_type: str, at: datetime) -> datetime | None:
    """When an event over the limit of this process may be handled; None for now. Only for authentic events."""
    limit = settings.WEBHOOK_RATE_PER_TYPE
    if limit <= 0:
        return None
    minute, seconds = divmod(at.timestamp(), WINDOW.total_seconds())
    count = windows.count(source, event_type, minute)
    if count <= limit:
        return None
    start = at + WINDOW * ((count - 1) // limit) - timedelta(seconds=seconds)
    return start + WINDOW * random.random()  # noqa: S311 - spreads load, guards nothing
