"""/desvincular."""

from datetime import timedelta

import pytest
from tests.telegram_world import ANA, Chat

from financehub.bot import remembering
from financehub.bot.memory import Memory
from financehub.bot.models import BotUpdate
from financehub.core import clock
from financehub.notifications.models import TelegramChat

pytestmark = pytest.mark.django_db


def test_it_asks_first(phone: Chat) -> None:
    phone.says("/unlink")
    assert "Nada mudou" in phone.presses("Cancelar").text
    assert TelegramChat.objects.count() == 1


def test_then_nothing_is_remembered(phone: Chat) -> None:
    phone.says("/desvincular")
    phone.presses("Sim")
    assert not TelegramChat.objects.exists()
    assert remembering.recall(phone.phone.id) == Memory()
    phone.phone.sends_data("desvincular:x")
    assert "não está vinculado" in phone.settle().text


def test_a_secret_that_was_asked_for_is_still_taken_away(phone: Chat) -> None:
    until = clock.now() + timedelta(minutes=5)
    remembering.keep(ANA, Memory().waiting("credenciais", until=until, confidential_until=until))
    phone.says("/desvincular")
    phone.presses("Sim")
    phone.says("minha senha")
    assert BotUpdate.objects.get(must_erase=True).erased_at is not None
    assert "minha senha" not in [message.text for message in phone.phone.screen]
