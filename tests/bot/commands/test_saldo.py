"""/saldo: currencies apart, cards apart, what needs the person."""

import pytest
from tests.builders import make_account, make_connector, make_item
from tests.telegram_world import Chat

from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_only_reais_are_added_and_cards_never(phone: Chat, bakery: Company) -> None:
    at = clock.now()
    make_account(company=bakery, balance_cents=100_000, balance_at=at)
    make_account(company=bakery, balance_cents=-1, balance_at=at)
    make_account(company=bakery, balance_cents=500, currency="USD", balance_at=at)
    make_account(company=bakery, type="CREDIT", name="Visa", balance_cents=7_777, balance_at=at)
    said = phone.says("/saldo")
    assert "<b>R$ 999,99</b> em 2 contas" in said.text
    assert "Em outras moedas: US$ 5,00" in said.text
    assert "💳 <b>Cartões</b> (fatura aberta)\n• Pluggy Bank · Visa: <b>R$ 77,77</b>" in said.text
    assert said.labels == ["🧾 Extrato", "💳 Faturas", "🔄 Sincronizar"]
    phone.phone.sends_data("saldo:", said)
    assert phone.settle().text == said.text


def test_what_needs_the_person_is_named(phone: Chat, bakery: Company) -> None:
    make_account(company=bakery)
    make_item(
        company=bakery,
        connector=make_connector(id=9, name="Banco 9"),
        status="LOGIN_ERROR",
        execution_status="INVALID_CREDENTIALS",
    )
    assert "Precisa de você:\n• Banco 9: 🔴 precisa reconectar" in phone.says("/saldo").text
