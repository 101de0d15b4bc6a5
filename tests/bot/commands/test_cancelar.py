"""/cancelar."""

import pytest
from tests.builders import make_account
from tests.telegram_world import Chat

from financehub.companies.models import Company

pytestmark = pytest.mark.django_db


def test_nothing_was_under_way(phone: Chat) -> None:
    assert phone.says("/cancelar").text == "Não havia nada no meio."


def test_what_was_asked_is_no_longer_waited_for(phone: Chat, bakery: Company) -> None:
    make_account(company=bakery)
    phone.says("/extrato")
    phone.presses("Buscar")
    assert phone.says("/cancelar").text == "Certo, parei. Nada mudou."
    assert "Não entendi" in phone.says("mercado").text


def test_its_button_takes_the_question_away(phone: Chat, bakery: Company) -> None:
    make_account(company=bakery)
    asked = phone.says("/desconectar_banco")
    assert phone.presses("Cancelar").message_id == asked.message_id
    assert phone.last.labels == []
