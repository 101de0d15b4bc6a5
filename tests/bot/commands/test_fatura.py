"""/fatura: its choices; the amounts are in the journeys."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_transaction
from tests.telegram_world import Chat

from financehub.banking.models import Account
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


def make_card(company: Company, name: str, **fields: object) -> Account:
    closes = clock.today() + timedelta(days=5)
    return make_account(
        company=company,
        type="CREDIT",
        name=name,
        close_date=closes,
        due_date=closes + timedelta(days=7),
        **fields,
    )


def test_without_cards(phone: Chat) -> None:
    assert phone.says("/bill").text == "Não há cartões aqui."


def test_several_cards_are_a_list_and_one_is_shown_in_its_place(phone: Chat, bakery: Company) -> None:
    first = make_card(bakery, "Visa", available_limit_cents=50_000, credit_limit_cents=100_000)
    make_card(bakery, "Master")
    for number in range(12):
        make_transaction(account=first, description=f"Compra {number:02}", amount_cents=-1000)
    listed = phone.says("/fatura")
    assert len(listed.labels) == 2
    shown = phone.presses("Visa")
    assert shown.message_id == listed.message_id
    assert "Aberta: <b>R$ 120,00</b> até agora" in shown.text
    assert "Limite livre: R$ 500,00 de R$ 1.000,00" in shown.text
    assert f"… e mais 2: https://hub.example.com/cartoes/{first.pk}" in shown.text
    assert phone.presses("Voltar").labels == listed.labels


@pytest.mark.parametrize("data", ["fatura:x", "fatura:{card}:x", "fatura:{card}:2001-01"])
def test_a_bill_that_is_not_there(phone: Chat, bakery: Company, data: str) -> None:
    card = make_card(bakery, "Visa")
    phone.phone.sends_data(data.format(card=card.pk.hex), phone.says("/fatura"))
    assert phone.settle().text == "Isso não existe mais."
