"""Redis is there, is away, or was never wanted."""

import os
from pathlib import Path
from typing import Any

import pytest

from financehub.core import redis_watch


def test_nothing_is_away_where_no_redis_is_wanted(settings: Any) -> None:
    settings.REDIS_URL = ""
    assert not redis_watch.is_away()


def test_one_that_answers_is_not_away(settings: Any) -> None:
    settings.REDIS_URL = os.environ["REDIS_URL"]
    assert not redis_watch.is_away()


def test_one_that_does_not_answer_is(settings: Any, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert redis_watch.is_away()


def test_it_is_not_asked_on_every_page(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert redis_watch.is_away()
    other = os.environ["REDIS_URL"]
    redis_watch._looks[other] = redis_watch._looks[settings.REDIS_URL]
    settings.REDIS_URL = other
    assert redis_watch.is_away()
    monkeypatch.setitem(redis_watch._looks, other, (-redis_watch.LOOK_EVERY, True))
    assert not redis_watch.is_away()
