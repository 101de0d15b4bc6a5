"""One client per process; the key it shares with the others is sealed and renewed by one at a time."""

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.core.cache import cache
from tests.racing import race
from tests.simulator import Simulator

from financehub.banking import pluggy
from financehub.banking.pluggy import PluggyIsOff, PluggyLimits, SealedKeyStore
from financehub.core import crypto
from financehub.core.ids import new_id
from financehub.core.locks import LockBusy
from financehub.providers.pluggy.errors import PluggyRateLimited
from financehub.providers.pluggy.keys import StoredKey
from financehub.providers.pluggy.metering import metered


def test_without_keys_bank_connections_are_off(settings: Any) -> None:
    settings.PLUGGY_CLIENT_ID, settings.PLUGGY_CLIENT_SECRET = "id", ""
    assert not pluggy.is_configured()
    with pytest.raises(PluggyIsOff) as refused:
        pluggy.client()
    assert refused.value.code == "pluggy_not_configured"


def test_one_process_has_one_client_per_address(simulator: Simulator, settings: Any) -> None:
    first = pluggy.client()
    assert pluggy.client() is first
    settings.PLUGGY_BASE_URL = "http://127.0.0.1:9"
    assert pluggy.client() is not first


@pytest.mark.django_db
def test_the_client_talks_to_the_address_in_the_settings(simulator: Simulator) -> None:
    assert pluggy.client().fetch_connector(2).name == "Pluggy Bank"


def test_a_key_comes_back_as_it_was_put_and_is_unreadable_in_the_cache() -> None:
    store = SealedKeyStore("client")
    assert store.get() is None
    store.put("the-key", 1_800_000_000.5)
    assert SealedKeyStore("client").get() == StoredKey("the-key", 1_800_000_000.5)
    assert SealedKeyStore("another").get() is None
    assert b"the-key" not in cache.get(store._name)


def test_a_key_sealed_with_a_ring_we_no_longer_have_is_none(settings: Any) -> None:
    store = SealedKeyStore("client")
    store.put("the-key", 1.0)
    stored = cache.get(store._name)
    settings.FINANCEHUB_KEYS = f"new:{crypto.new_key()}"
    renewed = SealedKeyStore("client")
    cache.set(renewed._name, stored)
    assert renewed.get() is None


@pytest.mark.django_db(transaction=True)
def test_two_processes_renew_one_after_the_other() -> None:
    store, inside = SealedKeyStore("client"), []

    def renew() -> None:
        with store.lock():
            inside.append("in")
            time.sleep(0.1)
            inside.append("out")

    assert not any(isinstance(end, LockBusy) for end in race(renew, renew))
    assert inside == ["in", "out", "in", "out"]


def test_a_permit_is_taken_from_the_family_and_from_the_whole() -> None:
    limits = PluggyLimits({"accounts": 100}, overall=2)
    limits.acquire("accounts")
    limits.acquire("unheard of")
    assert not limits._limiter.try_acquire(pluggy.OVERALL)
    assert limits._limiter.try_acquire("accounts")


class Hours:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def spent(hours: Hours) -> tuple[PluggyLimits, str]:
    """Limits of which nothing is left, and will not be while the test runs; and their family."""
    family = str(new_id())
    limits = PluggyLimits({family: 1}, monotonic=lambda: hours.seconds, sleep=hours.sleep)
    limits.acquire(family)
    return limits, family


def test_whoever_waits_for_a_permit_gives_up_after_a_minute() -> None:
    hours = Hours()
    limits, family = spent(hours)
    with pytest.raises(PluggyRateLimited) as refused:
        limits.acquire(family)
    assert (refused.value.code, refused.value.retry_after) == ("RATE_LIMIT_EXCEEDED", 60)
    assert 60 < hours.seconds < 70


def test_a_sync_waits_longer_and_keeps_its_lease_meanwhile() -> None:
    hours, kept = Hours(), []
    limits, family = spent(hours)
    with metered(lambda: kept.append(hours.seconds)) as meter, pytest.raises(PluggyRateLimited):
        limits.acquire(family)
    assert 600 <= hours.seconds < 610
    assert all(later - earlier < 1 for earlier, later in pairwise(kept))
    assert (kept[0], round(kept[-1]), meter.requests) == (0, 600, 0)


def test_a_sync_that_lost_its_lease_waits_no_longer() -> None:
    hours = Hours()
    limits, family = spent(hours)
    with metered(_lost_after(hours, 30)), pytest.raises(LockBusy):
        limits.acquire(family)
    assert 30 <= hours.seconds < 31


def _lost_after(hours: Hours, seconds: float) -> Callable[[], None]:
    def hold() -> None:
        if hours.seconds >= seconds:
            raise LockBusy

    return hold
