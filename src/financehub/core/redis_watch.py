"""Whether Redis answers: asked at most every few seconds by each process, and never waited for."""

from functools import cache
from time import monotonic

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

LOOK_EVERY, PATIENCE = 5.0, 0.2  # seconds

_looks: dict[str, tuple[float, bool]] = {}  # by address: when it was asked, and whether it was away


def is_away() -> bool:
    """Whether Redis is configured and does not answer; without it limits and cache count in each process alone."""
    url = settings.REDIS_URL
    if not url:
        return False
    looked_at, away = _looks.get(url, (-LOOK_EVERY, False))
    if monotonic() - looked_at >= LOOK_EVERY:
        away = not _answers(url)
        _looks[url] = (monotonic(), away)
    return away


def _answers(url: str) -> bool:
    try:
        return bool(_client(url).ping())
    except (RedisError, OSError):
        return False


@cache
def _client(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
