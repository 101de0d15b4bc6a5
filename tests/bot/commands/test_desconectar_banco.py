"""/desconectar_banco: what is asked; the deed itself is in the journeys."""

import pytest
from tests.builders import make_account, make_connector, make_item, make_transaction
from tests.telegram_world import Chat

from financehub.companies.models import Company

pytestmark = pytest.mark.django_db


def test_it_counts_what_would_go(phone: Chat, bakery: Company) -> None:
    item = make_item(company=bakery, connector=make_connector(id=9, name="Banco 9"))
    account = make_account(company=bakery, item=item)
    for _ in range(2):
        make_transaction(account=account)
    phone.says("/disconnect")
    assert "Desconectar <b>Banco 9</b> (1 conta, 2 lançamentos)?" in phone.presses("Banco 9").text
    assert phone.last.labels == ["Desconectar, manter histórico", "Desconectar e apagar tudo", "Cancelar"]


def test_a_press_without_words_lists_again(phone: Chat, bakery: Company) -> None:
    assert phone.says("/desconectar_banco").text == "Nenhum banco está conectado. Comece com /conectar_banco."
    phone.phone.sends_data("desconectar_banco:")
    assert phone.settle().text == "Nenhum banco está conectado. Comece com /conectar_banco."
