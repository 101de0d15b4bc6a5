"""How many events of one type are worked off a minute; what comes beyond is stored and waits, never lost."""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

WINDOW = timedelta(minutes=1)


def wait_until(source: str, event_type: str, at: datetime) -> datetime | None:
    """When an event over the limit may be handled; None for now. Counted only for authentic events."""
    limit = settings.WEBHOOK_RATE_PER_TYPE
    if limit <= 0:
        return None
    minute, seconds = divmod(at.timestamp(), WINDOW.total_seconds())
    key = f"webhook-rate:{source}:{event_type}:{minute:.0f}"
    count = count_up(key, 2 * WINDOW.total_seconds())
    if count <= limit:
        return None
    windows_ahead = (count - 1) // limit
    start = at + WINDOW * windows_ahead - timedelta(seconds=seconds)
    return start + WINDOW * random.random()  # noqa: S311 - spreads load, guards nothing


def count_up(key: str, seconds: float) -> int:
    """One more under `key`, which is forgotten after `seconds`; 1 again where the cache dropped it."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1
