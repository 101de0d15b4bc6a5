"""/desvincular."""

import pytest
from tests.telegram_world import Chat

from financehub.bot import remembering
from financehub.bot.memory import Memory
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
