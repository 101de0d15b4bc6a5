"""Readers run in threads of this process too: their connections end with each test."""

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from financehub.realtime.log_reading import READERS


@pytest.fixture
def without_redis(settings: Any) -> None:
    """Rings go by the database, or not at all."""
    settings.REDIS_URL = ""


@pytest.fixture(autouse=True)
def readers_hang_up() -> Iterator[None]:
    yield
    together = threading.Barrier(READERS._max_workers)

    def hang_up() -> None:
        together.wait(timeout=10)
        connections.close_all()

    for done in [READERS.submit(hang_up) for _ in range(READERS._max_workers)]:
        done.result()
    gc.collect()  # a bell stopped in the middle of connecting lets its line go
