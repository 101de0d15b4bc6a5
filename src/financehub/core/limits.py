"""Rate limits shared by all processes through Redis; in-process and conservative while Redis is away."""

import time
from functools import cache

import structlog
from django.conf import settings
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from financehub.core.wakeups import redis_client

log = structlog.get_logger()


class SharedLimiter:
    """Moving windows per key, e.g. `SharedLimiter({"read": "360/minute"})`."""

    def __init__(self, rates: dict[str, str], *, scope: str, storage: Storage | None = None) -> None:
        self._items: dict[str, RateLimitItem] = {family: parse(rate) for family, rate in rates.items()}
        self._scope = scope
        self._shared = MovingWindowRateLimiter(storage or _storage())
        self._local = MovingWindowRateLimiter(MemoryStorage())

    def try_acquire(self, family: str, key: str = "") -> bool:
        """Take one permit now, if there is one; each `key` has the family's rate for itself."""
        item = self._items.get(family)
        if item is None:
            return True
        try:
            return self._shared.hit(item, self._scope, family, key)
        except RedisError as error:
            log.warning("limiter_is_local", error=type(error).__name__)
            return self._local.hit(item, self._scope, family, key)

    def acquire(self, family: str, key: str = "") -> None:
        """Wait for a permit."""
        while not self.try_acquire(family, key):
            time.sleep(0.25)


@cache
def _storage() -> Storage:
    client = redis_client()
    if client is None:
        return MemoryStorage()
    return RedisStorage(settings.REDIS_URL, connection_pool=client.connection_pool)
