"""What can be tuned in the client, and its doors to the world: transport, clock, sleep, dice."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from financehub.providers.circuits import CircuitStore, InMemoryCircuits


@dataclass(frozen=True)
class ClientSettings:
    """Times in seconds. `attempts` counts the first try. `transport` None means the network."""

    timeout: float = 30.0
    attempts: int = 3
    backoff: float = 0.5
    backoff_limit: float = 20.0
    longest_wait: float = 90.0
    key_ttl: float = 3600.0
    key_margin: float = 60.0
    circuit_threshold: int = 10
    circuit_delay: float = 30.0
    max_connections: int = 20
    proxy: str | None = None
    circuits: CircuitStore = field(default_factory=InMemoryCircuits)
    transport: httpx.BaseTransport | None = None
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    dice: Callable[[], float] = random.random
