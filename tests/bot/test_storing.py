"""One row for each update; what was asked for in confidence is in none."""

from datetime import timedelta

import pytest

from financehub.bot import remembering, storing
from financehub.bot.memory import Memory
from financehub.bot.models import BotUpdate
from financehub.core import clock
from financehub.providers.telegram.updates import Kind, Update

pytestmark = pytest.mark.django_db


def update(text: str, number: int = 7, kind: Kind = Kind.TEXT, *, is_private: bool = True) -> Update:
    return Update(id=number, kind=kind, chat_id=501, is_private=is_private, message_id=3, text=text)


@pytest.fixture
def asked() -> None:
    until = clock.now() + timedelta(minutes=5)
    remembering.keep(501, Memory().waiting("senha", until=until, confidential_until=until))


def test_it_is_stored_once() -> None:
    assert storing.store(update("/saldo")) is not None
    assert storing.store(update("/saldo")) is None
    row = BotUpdate.objects.get()
    assert (row.payload["text"], row.is_confidential, row.must_erase) == ("/saldo", False, False)


@pytest.mark.parametrize("text", ["minha senha", "user-ok\nsenha", "/senha-esquisita", "/saldo\nsenha", ""])
def test_a_secret_stays_in_memory_only(asked: None, text: str) -> None:
    stored = storing.store(update(text))
    assert stored is not None
    assert stored.secret == text
    assert (stored.row.payload["text"], stored.row.is_confidential, stored.row.must_erase) == ("", True, True)
    assert not text or text not in repr(stored)


@pytest.mark.parametrize(
    "harmless", [update("/cancelar"), update("/saldo@bot"), update("x:1", kind=Kind.PRESS)]
)
def test_commands_and_presses_are_none(asked: None, harmless: Update) -> None:
    stored = storing.store(harmless)
    assert stored is not None
    assert stored.secret is None
    assert not stored.row.must_erase


def test_an_edited_message_may_hold_one_too(asked: None) -> None:
    stored = storing.store(update("/saldo", kind=Kind.EDIT))
    assert stored is not None
    assert stored.row.must_erase
