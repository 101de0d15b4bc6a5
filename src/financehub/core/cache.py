"""The cache on Redis that outlives Redis: while it is away each process remembers by itself."""

from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger()


class EnduringRedisCache(RedisCache):
    """Django's Redis cache; sign-in limits count in this process alone while Redis does not answer."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._local = LocMemCache("while-redis-is-away", params)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return super().add(*args, **kwargs)
        except RedisError as error:
            _warn(error)
            return self._local.add(*args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get(*args, **kwargs)
        except RedisError as error:
            _warn(error)
            return self._local.get(*args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(*args, **kwargs)
        except RedisError as error:
            _warn(error)
            self._local.set(*args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return super().touch(*args, **kwargs)
        except RedisError as error:
            _warn(error)
            return self._local.touch(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        try:
            return super().delete(*args, **kwargs)
        except RedisError as error:
            _warn(error)
            return self._local.delete(*args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        try:
            return super().incr(*args, **kwargs)
        except RedisError as error:
            _warn(error)
            return self._local.incr(*args, **kwargs)


def _warn(error: RedisError) -> None:
    log.warning("cache_is_local", error=type(error).__name__)
