"""Permits are counted together while Redis is there, and by each process alone while it is not."""

import time

import pytest
from django.conf import settings
from limits.storage import MemoryStorage, RedisStorage, Storage
from redis import Redis

from financehub.core.ids import new_id
from financehub.core.limits import SharedLimiter

RATES = {"read": "3/minute", "patch": "1/second"}


@pytest.fixture(params=["memory", "redis"])
def storage(request: pytest.FixtureRequest) -> Storage:
    if request.param == "memory":
        return MemoryStorage()
    if not settings.REDIS_URL:
        pytest.skip("no Redis here: script/test brings one")
    client = Redis.from_url(settings.REDIS_URL)
    return RedisStorage(settings.REDIS_URL, connection_pool=client.connection_pool)


class TestTryAcquire:
    def test_gives_as_many_permits_as_the_rate_says(self, storage: Storage) -> None:
        limiter = SharedLimiter(RATES, scope=str(new_id()), storage=storage)
        assert [limiter.try_acquire("read") for _ in range(5)] == [True, True, True, False, False]

    def test_counts_all_limiters_of_one_scope_together(self, storage: Storage) -> None:
        scope = str(new_id())
        first, second = [SharedLimiter(RATES, scope=scope, storage=storage) for _ in range(2)]
        answers = [limiter.try_acquire("read") for limiter in (first, second, first, second)]
        assert answers == [True, True, True, False]

    def test_counts_families_and_scopes_apart(self, storage: Storage) -> None:
        limiter = SharedLimiter(RATES, scope=str(new_id()), storage=storage)
        for _ in range(3):
            limiter.try_acquire("read")
        assert limiter.try_acquire("patch")
        assert SharedLimiter(RATES, scope=str(new_id()), storage=storage).try_acquire("read")

    def test_gives_each_key_the_rate_for_itself(self, storage: Storage) -> None:
        limiter = SharedLimiter(RATES, scope=str(new_id()), storage=storage)
        answers = [limiter.try_acquire("patch", key) for key in ("ana", "bruno", "ana")]
        assert answers == [True, True, False]

    def test_lets_a_family_without_a_rate_through(self, storage: Storage) -> None:
        limiter = SharedLimiter(RATES, scope=str(new_id()), storage=storage)
        assert all(limiter.try_acquire("unlimited") for _ in range(100))


def test_acquire_waits_for_its_turn() -> None:
    limiter = SharedLimiter(RATES, scope="wait", storage=MemoryStorage())
    limiter.acquire("patch")
    started = time.monotonic()
    limiter.acquire("patch")
    assert 0.5 < time.monotonic() - started < 3


def test_a_redis_that_is_away_leaves_each_process_its_own_count() -> None:
    dead = Redis.from_url("redis://127.0.0.1:9/0", socket_timeout=0.2)
    storage = RedisStorage("redis://127.0.0.1:9/0", connection_pool=dead.connection_pool)
    limiter = SharedLimiter(RATES, scope="away", storage=storage)
    assert [limiter.try_acquire("read") for _ in range(4)] == [True, True, True, False]


def test_without_redis_the_count_is_in_process() -> None:
    limiter = SharedLimiter(RATES, scope=str(new_id()))
    assert [limiter.try_acquire("read") for _ in range(4)] == [True, True, True, False]
