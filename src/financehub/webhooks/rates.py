"""How many events of one type are worked off a minute; what comes beyond is stored and waits, never lost.

One count for all processes, in the database. A process takes its permits by the block: asking for every single
event would cost each a round trip.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.db import connection

from financehub.webhooks.models import WebhookRate

WINDOW = timedelta(minutes=1)
BLOCKS_PER_WINDOW = 50

TABLE = WebhookRate._meta.db_table
SAME = f"{TABLE}.minute >= excluded.minute"  # or ahead: the clocks of two machines need not agree
TAKE = f"""INSERT INTO {TABLE} (source, type, minute, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (source, type) DO UPDATE SET
    count = CASE WHEN {SAME} THEN {TABLE}.count + excluded.count ELSE excluded.count END,
    minute = CASE WHEN {SAME} THEN {TABLE}.minute ELSE excluded.minute END
    RETURNING count"""


@dataclass
class Block:
    """Numbers of events within one minute that are this process's to give out."""

    minute: int
    following: int
    last: int


class Permits:
    """What this process holds, per type."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[str, str], Block] = {}
        self._lock = Lock()

    def take(self, source: str, event_type: str, minute: int, size: int) -> int:
        """The number of one more event in this minute, over all processes; some numbers may stay unused."""
        with self._lock:
            block = self._blocks.get((source, event_type))
            if block is None or block.minute != minute or block.following > block.last:
                last = _take_block(source, event_type, minute, size)
                block = self._blocks[source, event_type] = Block(minute, last - size + 1, last)
            block.following += 1
            return block.following - 1

    def give_back(self, source: str, event_type: str) -> None:
        """The last one was not needed."""
        with self._lock:
            block = self._blocks.get((source, event_type))
            if block is not None:
                block.following -= 1

    def forget(self) -> None:
        self._blocks.clear()


permits = Permits()


def _take_block(source: str, event_type: str, minute: int, size: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [source, event_type, minute, size])
        return int(cursor.fetchone()[0])


def wait_until(source: str, event_type: str, at: datetime) -> datetime | None:
    """When an event over the limit of its type may be handled; None for now. Only for authentic events."""
    limit = settings.WEBHOOK_RATE_PER_TYPE
    if limit <= 0:
        return None
    minute, seconds = divmod(at.timestamp(), WINDOW.total_seconds())
    count = permits.take(source, event_type, int(minute), max(1, limit // BLOCKS_PER_WINDOW))
    if count <= limit:
        return None
    start = at + WINDOW * ((count - 1) // limit) - timedelta(seconds=seconds)
    return start + WINDOW * random.random()  # noqa: S311 - spreads load, guards nothing


def give_back(source: str, event_type: str) -> None:
    """The event had been counted before: it was a repetition."""
    permits.give_back(source, event_type)
