"""The circuit breaker: when a host keeps failing, stop asking for a while, then let one request try."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Circuit:
    """Failures in a row, and the moment (seconds since the epoch) until which nobody asks."""

    failures: int = 0
    closed_to_requests_until: float = 0.0


class CircuitStore(Protocol):
    """Where circuits live. Shared between processes or not; a lost write costs one needless request."""

    def read(self, host: str) -> Circuit:
        """The circuit of a host; a fresh one when nothing is known."""

    def write(self, host: str, circuit: Circuit) -> None:
        """Replace the circuit of a host."""


class InMemoryCircuits:
    """Circuits of one process."""

    def __init__(self) -> None:
        self._circuits: dict[str, Circuit] = {}

    def read(self, host: str) -> Circuit:
        return self._circuits.get(host, Circuit())

    def write(self, host: str, circuit: Circuit) -> None:
        self._circuits[host] = circuit


@dataclass(frozen=True)
class Breaker:
    """Opens after `threshold` failures in a row, half-opens after `delay` seconds."""

    store: CircuitStore
    host: str
    threshold: int
    delay: float

    def seconds_to_wait(self, now: float) -> float:
        """0: go ahead. In the half-open state the first to ask goes ahead and holds the others back."""
        circuit = self.store.read(self.host)
        if circuit.failures < self.threshold:
            return 0.0
        wait = circuit.closed_to_requests_until - now
        if wait <= 0:
            self.store.write(self.host, Circuit(circuit.failures, now + self.delay))
        return max(0.0, wait)

    def record_success(self) -> None:
        if self.store.read(self.host).failures:
            self.store.write(self.host, Circuit())

    def record_failure(self, now: float) -> None:
        failures = self.store.read(self.host).failures + 1
        until = now + self.delay if failures >= self.threshold else 0.0
        self.store.write(self.host, Circuit(failures, until))
