"""Circuit breakers of vendors' hosts, seen by all processes: kept in the shared cache."""

from django.core.cache import cache as shared_cache

REMEMBERED_SECONDS = 600  # an outage that nobody asked about for so long is asked about again


class SharedCircuits:
    """What `providers.circuits.Breaker` reads and writes; each process alone while the cache is away."""

    def read(self, host: str) -> tuple[int, float]:
        """Failures in a row, and the moment (seconds since the epoch) before which nobody asks."""
        failures, until = shared_cache.get(_name(host), (0, 0.0))
        return int(failures), float(until)

    def write(self, host: str, failures: int, until: float) -> None:
        """Replace the circuit of a host."""
        shared_cache.set(_name(host), (failures, until), REMEMBERED_SECONDS)


def _name(host: str) -> str:
    return f"circuit:{host}"
