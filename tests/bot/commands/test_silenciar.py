"""/silenciar."""

from datetime import timedelta

import pytest
from tests.telegram_world import Chat

from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_notices_pause_and_come_back(phone: Chat) -> None:
    phone.says("/mute")
    assert "Avisos pausados até" in phone.presses("8 horas").text
    until = phone.chat.muted_until
    assert until is not None
    assert abs(until - clock.now() - timedelta(hours=8)) < timedelta(minutes=5)
    assert "Avisos pausados até" in phone.says("/silenciar").text
    assert phone.presses("Voltar a avisar").text == "Avisos ligados de novo."
    assert phone.chat.muted_until is None
    phone.phone.sends_data("silenciar:99999")
    phone.settle()
    assert phone.chat.muted_until is None
