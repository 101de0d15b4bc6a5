"""Two workers at once: each thread has its own database connection, and all start together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def race(*works: Callable[[], T]) -> list[T | Exception]:
    """Run the works at the same time; what each returned or raised, in the order given."""
    start = Barrier(len(works))

    def run(work: Callable[[], T]) -> T | Exception:
        start.wait(timeout=10)
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - the caller asserts on which one it was
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))
