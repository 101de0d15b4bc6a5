"""/ajuda."""

import pytest
from django.utils import translation
from tests.telegram_world import Chat

from financehub.bot.commands import ajuda

pytestmark = pytest.mark.django_db


def test_it_names_every_command_and_the_company(phone: Chat) -> None:
    said = phone.says("/ajuda")
    assert "/conectar_banco \N{EM DASH} Conectar um banco" in said.text
    assert "Falo de <b>Padaria da Ana</b>" in said.text
    assert phone.presses("/saldo").text.startswith("Ainda não há contas")


def test_its_buttons_come_back_to_it(phone: Chat) -> None:
    phone.phone.sends_data("ajuda:", phone.says("/ajuda"))
    assert "O que eu sei fazer" in phone.settle().text


def test_it_speaks_the_active_language() -> None:
    with translation.override("en"):
        assert "/saldo \N{EM DASH} What I have" in ajuda.commands()
