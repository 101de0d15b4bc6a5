"""Hearing that a company has news: by Redis where there is one, else by PostgreSQL; SQLite has no bell."""

import asyncio
from collections.abc import AsyncIterator, Callable

import structlog
from django.conf import settings
from django.db import connection
from psycopg import AsyncConnection, OperationalError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from financehub.core.wakeups import CHANNEL

NOT_FOR_LIBPQ = {
    "cursor_factory",
    "context",
    "prepare_threshold",
    "client_encoding",
}  # Django's own additions
PAUSE_SECONDS = 2.0
CONNECTED = ""

log = structlog.get_logger()


class Bell:
    """Calls `wake` with a company's id for each ring; `is_heard` tells whether rings get through just now."""

    def __init__(self, wake: Callable[[str], None]) -> None:
        self._wake = wake
        self.is_heard = False

    async def listen(self) -> None:
        """Listen for ever, anew when the line breaks; where there is no bell, end at once."""
        rings = _source()
        while rings is not None:
            try:
                async for company_id in rings():
                    self.is_heard = True
                    self._wake(company_id)
            except (RedisError, OperationalError, OSError) as error:
                log.warning("bell_not_heard", error=type(error).__name__)
            self.is_heard = False
            await asyncio.sleep(PAUSE_SECONDS)


def _source() -> Callable[[], AsyncIterator[str]] | None:
    if settings.REDIS_URL:
        return _redis_rings
    return _postgresql_rings if connection.vendor == "postgresql" else None


async def _redis_rings() -> AsyncIterator[str]:
    client = Redis.from_url(settings.REDIS_URL, health_check_interval=15)
    async with client, client.pubsub() as subscription:
        await subscription.subscribe(CHANNEL)
        yield CONNECTED
        async for message in subscription.listen():
            if message["type"] == "message":
                yield message["data"].decode()


async def _postgresql_rings() -> AsyncIterator[str]:
    given = connection.get_connection_params().items()
    words = {name: value for name, value in given if name not in NOT_FOR_LIBPQ}
    async with await AsyncConnection.connect(**words, autocommit=True) as line:
        await line.execute(f"LISTEN {CHANNEL}")
        yield CONNECTED
        async for notice in line.notifies():
            yield notice.payload
