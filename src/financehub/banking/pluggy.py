"""The one place that turns settings into a Pluggy client: shared key, limits and circuit, one client per process."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cache

import msgspec
from django.conf import settings
from django.core.cache import cache as shared_cache

from financehub.core import crypto, locks
from financehub.core.circuits import SharedCircuits
from financehub.core.errors import NotConfigured
from financehub.core.limits import SharedLimiter
from financehub.providers.pluggy import metering
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.errors import PluggyRateLimited, Refusal
from financehub.providers.pluggy.keys import StoredKey
from financehub.providers.pluggy.limits import OVERALL_PER_MINUTE, PER_MINUTE
from financehub.providers.pluggy.settings import ClientSettings

OVERALL = "overall"
OUR_LIMIT = "RATE_LIMIT_EXCEEDED"
MINUTE = 60
PATIENCE = MINUTE + 5  # seconds: a window is a minute, whoever waits longer stands where nothing moves
WORK_PATIENCE = 10 * MINUTE
PAUSE = 0.25


class PluggyIsOff(NotConfigured):
    """Bank connections are switched off: PLUGGY_CLIENT_ID and PLUGGY_CLIENT_SECRET are not set."""

    code = "pluggy_not_configured"


class SealedKeyStore:
    """The API key in the shared cache, sealed; renewed by one process at a time."""

    def __init__(self, client_id: str) -> None:
        self._name = f"pluggy-key:{crypto.blind_index(client_id, purpose='pluggy-key')[:16]}"

    def get(self) -> StoredKey | None:
        sealed = shared_cache.get(self._name)
        if sealed is None:
            return None
        try:
            key, expires_at = msgspec.json.decode(crypto.unseal(sealed), type=tuple[str, float])
        except (crypto.Undecipherable, msgspec.MsgspecError):
            return None
        return StoredKey(key, expires_at)

    def put(self, key: str, expires_at: float) -> None:
        shared_cache.set(
            self._name, crypto.seal(msgspec.json.encode((key, expires_at))), settings.PLUGGY_KEY_SECONDS
        )

    def lock(self) -> AbstractContextManager[object]:
        return locks.lease(self._name, seconds=60, wait=45)


class PluggyLimits:
    """Pluggy's published rates, held by all processes together."""

    def __init__(
        self,
        per_minute: Mapping[str, int] = PER_MINUTE,
        overall: int = OVERALL_PER_MINUTE,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        rates = {family: f"{count}/minute" for family, count in per_minute.items()}
        self._limiter = SharedLimiter({**rates, OVERALL: f"{overall}/minute"}, scope="pluggy")
        self._monotonic, self._sleep = monotonic, sleep

    def acquire(self, family: str) -> None:
        """Wait for a permit of the family and one of all. Work with a lease keeps it meanwhile, and may wait longer.

        Raises PluggyRateLimited when the queue does not move, and what keeping the lease raises.
        """
        deadline = self._monotonic() + (WORK_PATIENCE if metering.hold() else PATIENCE)
        for name in (family, OVERALL):
            while not self._limiter.try_acquire(name):
                if self._monotonic() >= deadline:
                    raise PluggyRateLimited(Refusal("a permit of ours", 429, OUR_LIMIT, retry_after=MINUTE))
                metering.hold()
                self._sleep(PAUSE)


def is_configured() -> bool:
    """Whether this installation may talk to Pluggy."""
    return bool(settings.PLUGGY_CLIENT_ID and settings.PLUGGY_CLIENT_SECRET)


def client() -> PluggyClient:
    """The client of this process. Raises PluggyIsOff when Pluggy is not configured."""
    if not is_configured():
        raise PluggyIsOff
    return _client_for(settings.PLUGGY_BASE_URL, settings.PLUGGY_CLIENT_ID, settings.PLUGGY_CLIENT_SECRET)


@cache
def _client_for(base_url: str, client_id: str, client_secret: str) -> PluggyClient:
    return PluggyClient(
        client_id=client_id,
        client_secret=client_secret,
        base_url=base_url,
        key_store=SealedKeyStore(f"{base_url} {client_id}"),
        limiter=PluggyLimits(),
        settings=client_settings(),
    )


def client_settings() -> ClientSettings:
    """How patient the client is, as this installation chose."""
    return ClientSettings(
        attempts=settings.PLUGGY_ATTEMPTS, key_ttl=settings.PLUGGY_KEY_SECONDS, circuits=SharedCircuits()
    )
