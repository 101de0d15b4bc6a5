"""Memory is kept sealed, one for each chat."""

from datetime import timedelta

import pytest
from django.db import connection

from financehub.bot import remembering
from financehub.bot.memory import Memory
from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_a_chat_recalls_its_own() -> None:
    at = clock.now()
    memory = Memory().waiting("senha", until=at, confidential_until=at + timedelta(minutes=1), bank="Itau")
    remembering.keep(501, memory)
    assert remembering.recall(501) == memory
    assert remembering.recall(502) == Memory()
    assert remembering.is_confidential(501, at)
    assert not remembering.is_confidential(501, at + timedelta(minutes=2))
    assert not remembering.is_confidential(502, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT memory FROM bot_conversation")
        assert b"Itau" not in bytes(cursor.fetchone()[0])


def test_it_is_replaced_and_forgotten() -> None:
    remembering.keep(501, Memory().waiting("a", until=clock.now()))
    remembering.keep(501, Memory())
    assert remembering.recall(501) == Memory()
    remembering.forget(501)
    assert remembering.recall(501) == Memory()
