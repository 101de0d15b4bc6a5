"""A vendor that fails is left alone by every process, not only by the one that noticed."""

import subprocess
import sys

import pytest
from pytest_django import Settings

from financehub.core.circuits import SharedCircuits
from financehub.core.ids import new_id
from financehub.providers.circuits import Breaker

REDIS_CACHE = "financehub.core.cache.EnduringRedisCache"
FAIL_ELSEWHERE = (
    "import django; django.setup()\n"
    "from financehub.core.circuits import SharedCircuits\n"
    "from financehub.providers.circuits import Breaker\n"
    "Breaker(SharedCircuits(), {host!r}, threshold=2, delay=30.0).record_failure(100.0)\n"
)


def test_failures_of_another_process_count(settings: Settings) -> None:
    if not settings.REDIS_URL:
        pytest.skip("no Redis here: script/test brings one")
    settings.CACHES = {"default": {"BACKEND": REDIS_CACHE, "LOCATION": settings.REDIS_URL}}
    breaker = Breaker(SharedCircuits(), str(new_id()), threshold=2, delay=30.0)
    breaker.record_failure(100.0)
    subprocess.run([sys.executable, "-c", FAIL_ELSEWHERE.format(host=breaker.host)], check=True, timeout=60)
    assert breaker.seconds_to_wait(110.0) == 20.0
    breaker.record_success()
    assert breaker.seconds_to_wait(110.0) == 0.0


def test_a_host_that_nobody_asked_is_asked() -> None:
    assert SharedCircuits().read("new.example") == (0, 0.0)


def test_while_redis_is_away_each_process_counts_alone(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": REDIS_CACHE, "LOCATION": "redis://127.0.0.1:9/0"}}
    breaker = Breaker(SharedCircuits(), str(new_id()), threshold=1, delay=30.0)
    breaker.record_failure(100.0)
    assert breaker.seconds_to_wait(110.0) == 20.0
