"""/sincronizar: the choice, and each bank's own reason why not; with a vendor it is in the journeys."""

import pytest
from tests.builders import make_connector, make_item
from tests.telegram_world import Chat

from financehub.banking.models import Connector, Sync
from financehub.companies.models import Company

pytestmark = pytest.mark.django_db


def test_nothing_to_sync(phone: Chat) -> None:
    assert phone.says("/sync").text == "Nenhum banco está conectado. Comece com /conectar_banco."


def test_all_at_once_say_each_their_own(phone: Chat, bakery: Company) -> None:
    make_item(company=bakery)
    proxy = make_connector(id=Connector.MEU_PLUGGY, name="MeuPluggy")
    item = make_item(company=bakery, connector=proxy)
    assert set(phone.says("/sincronizar").labels) == {"Todos", "Pluggy Bank", "MeuPluggy"}
    said = phone.presses("Todos").text
    assert "⚠️ Pluggy Bank: A conexão com bancos está desligada nesta instalação." in said
    assert "🔄 MeuPluggy: Esta conexão se atualiza sozinha. Vou reler" in said
    assert Sync.objects.of(bakery).get().item == item
    phone.phone.sends_data("sincronizar:", phone.phone.heard[0])
    assert "Qual banco" in phone.settle().text
