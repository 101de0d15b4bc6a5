"""A Redis that is away takes nobody's sign-in down, and limits still count."""

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings
from tests.builders import PASSWORD

from financehub.companies.models import User
from financehub.core.cache import EnduringRedisCache
from financehub.core.ids import new_id

AWAY = "redis://127.0.0.1:9/0"


@pytest.fixture(params=["away", "there"])
def cache(request: pytest.FixtureRequest, settings: Settings) -> EnduringRedisCache:
    if request.param == "away":
        return EnduringRedisCache(AWAY, {})
    if not settings.REDIS_URL:
        pytest.skip("no Redis here: script/test brings one")
    return EnduringRedisCache(settings.REDIS_URL, {})


def test_remembers_and_forgets(cache: EnduringRedisCache) -> None:
    key = str(new_id())
    assert cache.get(key, "nothing") == "nothing"
    cache.set(key, [1, 2], 60)
    assert cache.get(key) == [1, 2]
    assert cache.touch(key, 60)
    assert cache.delete(key)
    assert cache.get(key) is None


def test_adds_only_what_is_not_there(cache: EnduringRedisCache) -> None:
    key = str(new_id())
    assert [cache.add(key, 1, 60), cache.add(key, 2, 60)] == [True, False]


def test_counts(cache: EnduringRedisCache) -> None:
    key = str(new_id())
    cache.set(key, 1)
    assert cache.incr(key) == 2


@pytest.mark.django_db
def test_people_sign_in_and_guessers_are_stopped_while_redis_is_away(ana: User, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "financehub.core.cache.EnduringRedisCache", "LOCATION": AWAY}}
    caches["default"].get("warm")
    browser = Client()
    browser.post("/conta/entrar/", {"login": ana.email, "password": PASSWORD})
    assert browser.get("/conta/duas-etapas/").status_code == 200
    guesser = Client()
    pages = [guesser.post("/conta/entrar/", {"login": ana.email, "password": "errada"}) for _ in range(6)]
    assert "Muitas tentativas" in pages[-1].content.decode()
