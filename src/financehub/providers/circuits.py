"""The circuit breaker: when a host keeps failing, stop asking for a while, then let one request try."""

from dataclasses import dataclass
from typing import Protocol


class CircuitStore(Protocol):
    """Where circuits live: failures in a row of a host, and until when (seconds since the epoch) nobody asks.

    Shared between processes or not; a lost write costs one needless request.
    """

    def read(self, host: str) -> tuple[int, float]:
        """The circuit of a host; (0, 0.0) when nothing is known."""

    def write(self, host: str, failures: int, until: float) -> None:
        """Replace the circuit of a host."""


class InMemoryCircuits:
    """Circuits of one process."""

    def __init__(self) -> None:
        self._circuits: dict[str, tuple[int, float]] = {}

    def read(self, host: str) -> tuple[int, float]:
        return self._circuits.get(host, (0, 0.0))

    def write(self, host: str, failures: int, until: float) -> None:
        self._circuits[host] = (failures, until)


@dataclass(frozen=True)
class Breaker:
    """Opens after `threshold` failures in a row, half-opens after `delay` seconds."""

    store: CircuitStore
    host: str
    threshold: int
    delay: float

    def seconds_to_wait(self, now: float) -> float:
        """0: go ahead. In the half-open state the first to ask goes ahead and holds the others back."""
        failures, until = self.store.read(self.host)
        if failures < self.threshold:
            return 0.0
        if until <= now:
            self.store.write(self.host, failures, now + self.delay)
        return max(0.0, until - now)

    def record_success(self) -> None:
        failures, _ = self.store.read(self.host)
        if failures:
            self.store.write(self.host, 0, 0.0)

    def record_failure(self, now: float) -> None:
        failures = self.store.read(self.host)[0] + 1
        self.store.write(self.host, failures, now + self.delay if failures >= self.threshold else 0.0)
