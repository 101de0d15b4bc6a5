"""The bell of the event log: Redis where it is configured, PostgreSQL NOTIFY else; SQLite readers poll."""

from functools import cache
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection
from redis import Redis
from redis.exceptions import RedisError

CHANNEL = "financehub_events"

log = structlog.get_logger()


def redis_client() -> Redis | None:
    """The shared client of REDIS_URL, or None when there is no Redis."""
    return _client_of(settings.REDIS_URL) if settings.REDIS_URL else None


@cache
def _client_of(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=2)


def ring(company_id: UUID) -> None:
    """Tell readers that a company has news; a lost ring only delays them to their next look."""
    client = redis_client()
    if client is not None:
        try:
            client.publish(CHANNEL, str(company_id))
        except RedisError as error:
            log.warning("wakeup_lost", error=type(error).__name__)
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(company_id)])
