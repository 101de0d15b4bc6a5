"""/conectar_banco without a vendor: limits, roles, what is off. With one it is in the journeys."""

import pytest
from pytest_django import Settings
from tests.builders import make_connector
from tests.telegram_world import Chat

from financehub.banking.models import ConnectAttempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(settings: Settings) -> None:
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "x"
    settings.PLUGGY_BASE_URL, settings.PLUGGY_ATTEMPTS = "http://127.0.0.1:9", 1  # nobody answers there
    settings.PLUGGY_USE_SANDBOX = False
    for number in range(1, 11):
        make_connector(id=700 + number, name=f"Banco {number:02}", is_sandbox=False)
    field = {"name": "cnpj", "label": "CNPJ", "type": "number"}
    make_connector(id=800, name="Empresarial", is_sandbox=False, is_open_finance=True, credentials=[field])


def test_without_a_vendor_it_is_said_to_be_off(phone: Chat, settings: Settings) -> None:
    settings.PLUGGY_CLIENT_ID = ""
    assert "desligada nesta instalação" in phone.says("/conectar_banco").text


def test_the_list_turns_and_is_searched(phone: Chat, listed: None) -> None:
    assert phone.says("/connect").labels == [f"Banco {number:02}" for number in range(1, 9)] + ["Mais »"] or (
        phone.last.labels[-1] == "Mais »"
    )
    assert "Página 2 de 2" in phone.presses("Mais").text
    assert phone.says("07").labels == ["Banco 07"]


def test_a_company_is_asked_for_its_cnpj(phone: Chat, listed: None) -> None:
    phone.says("/conectar_banco empresarial")
    assert "<b>CNPJ</b>" in phone.presses("Empresarial").text
    assert "não confere" in phone.says("11.222.333/0001-82").text
    assert "Abrir Empresarial" in phone.says("11.222.333/0001-81").labels
    attempt = ConnectAttempt.objects.across_companies().get()
    assert (attempt.connector_id, attempt.document) == (800, "11222333000181")


def test_a_bank_that_is_no_longer_offered_is_said_so(phone: Chat, listed: None) -> None:
    phone.phone.sends_data("conectar_banco:b:999", phone.says("/conectar_banco"))
    assert phone.settle().text == "Isso não existe mais."


def test_without_https_the_address_is_written_out(phone: Chat, listed: None, settings: Settings) -> None:
    settings.IS_HTTPS, settings.PUBLIC_URL = False, "http://127.0.0.1:8000"
    phone.says("/conectar_banco banco 07")
    said = phone.presses("Banco 07")
    assert said.labels == []
    assert "http://127.0.0.1:8000/conectar/pedido/" in said.text
