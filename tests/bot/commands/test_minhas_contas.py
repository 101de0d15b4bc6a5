"""/minhas_contas: states in words, and what can be answered at once."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_connector, make_item
from tests.telegram_world import Chat

from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_nothing_yet(phone: Chat) -> None:
    said = phone.says("/accounts")
    assert "Nenhum banco conectado" in said.text
    assert said.labels == ["Conectar banco"]


def test_what_waits_comes_first_with_its_button(phone: Chat, bakery: Company) -> None:
    make_account(
        item=make_item(company=bakery, last_sync_at=clock.now()),
        name="Corrente",
        number_last4="1234",
        balance_cents=-5,
    )
    parameter = {"name": "token", "label": "Token", "type": "text"}
    make_item(
        company=bakery,
        connector=make_connector(id=9, name="Banco 9"),
        status="WAITING_USER_INPUT",
        parameter=parameter,
        action_expires_at=clock.now() + timedelta(minutes=2),
    )
    make_account(company=bakery, is_manual=True, name="Cofre", balance_cents=100)
    said = phone.says("/minhas_contas")
    assert said.text.index("Banco 9") < said.text.index("Pluggy Bank")
    assert "<b>Banco 9</b> — ✋ o banco espera você, sem leitura" in said.text
    assert "• Corrente ••1234: -R$ 0,05" in said.text
    assert "<b>Contas manuais</b>\n• Cofre: R$ 1,00" in said.text
    assert "Token" in phone.presses("Responder a Banco 9").text
    phone.phone.sends_data("minhas_contas:", said)
    assert phone.settle().text == said.text
