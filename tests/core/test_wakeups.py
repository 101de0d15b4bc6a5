"""The bell wakes readers, and a bell that is broken disturbs nobody."""

import pytest
from django.db import connection
from pytest_django import Settings

from financehub.core import wakeups
from financehub.core.ids import new_id


@pytest.mark.django_db
def test_rings_in_redis_where_there_is_one() -> None:
    client = wakeups.redis_client()
    if client is None:
        pytest.skip("no Redis here: script/test brings one")
    company_id, ear = new_id(), client.pubsub(ignore_subscribe_messages=True)
    ear.subscribe(wakeups.CHANNEL)
    ear.get_message(timeout=2)
    wakeups.ring(company_id)
    message = ear.get_message(timeout=2)
    ear.close()
    assert message is not None
    assert message["data"] == str(company_id).encode()


@pytest.mark.django_db
def test_a_redis_that_is_away_is_only_a_warning(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    wakeups.ring(new_id())
    assert "wakeup_lost" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_rings_in_postgresql_where_there_is_no_redis(settings: Settings) -> None:
    settings.REDIS_URL = ""
    if connection.vendor != "postgresql":
        wakeups.ring(new_id())  # SQLite has no bell: readers poll
        return
    company_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {wakeups.CHANNEL}")
        wakeups.ring(company_id)
        notes = list(connection.connection.notifies(timeout=2, stop_after=1))
    assert [note.payload for note in notes] == [str(company_id)]
