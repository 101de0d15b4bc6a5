"""Pluggy's rate limits, kept on our side: a token bucket per endpoint family and one over all."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Family(StrEnum):
    """Endpoints that share one published limit."""

    AUTH = "auth"
    ACCOUNTS = "accounts"
    TRANSACTIONS = "transactions"
    INVESTMENTS = "investments"
    ITEM_UPDATES = "item_updates"
    OTHER = "other"


PER_MINUTE: Mapping[str, int] = {
    Family.AUTH: 360,
    Family.ACCOUNTS: 360,
    Family.TRANSACTIONS: 360,
    Family.INVESTMENTS: 360,
    Family.ITEM_UPDATES: 20,
    Family.OTHER: 360,
}
OVERALL_PER_MINUTE = 600


class Limiter(Protocol):
    """Asked once before every request, retries included."""

    def acquire(self, family: str) -> None:
        """Take one token of the family and one of the overall bucket; returns when both were there."""


class Unlimited:
    """No limits on our side: for benchmarks, and for a vendor that has none."""

    def acquire(self, family: str) -> None:
        """Always at once."""


@dataclass
class _Bucket:
    per_second: float
    capacity: float
    tokens: float
    at: float

    def reserve(self, now: float) -> float:
        """Take a token, on credit if need be; seconds until it is really there."""
        self.tokens = min(self.capacity, self.tokens + max(0.0, now - self.at) * self.per_second)
        self.at = now
        self.tokens -= 1
        return max(0.0, -self.tokens / self.per_second)


class TokenBuckets:
    """Limits shared by the threads of one process. Waits its turn instead of failing."""

    def __init__(
        self,
        per_minute: Mapping[str, int] = PER_MINUTE,
        overall_per_minute: int = OVERALL_PER_MINUTE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rates = {**per_minute, "": overall_per_minute}
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()
        self._clock = clock
        self._sleep = sleep

    def acquire(self, family: str) -> None:
        with self._lock:
            now = self._clock()
            wait = max(self._bucket(name, now).reserve(now) for name in (family, ""))
        if wait > 0:
            self._sleep(wait)

    def _bucket(self, name: str, now: float) -> _Bucket:
        """Capacity is a tenth of the minute: any minute then stays within 110 % of the rate."""
        if name not in self._buckets:
            rate = self._rates.get(name, PER_MINUTE[Family.OTHER])
            capacity = max(1.0, rate / 10)
            self._buckets[name] = _Bucket(rate / 60, capacity, capacity, now)
        return self._buckets[name]
