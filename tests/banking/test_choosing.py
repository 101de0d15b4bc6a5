"""Which institutions are offered, and in which order."""

import pytest
from pytest_django import Settings
from tests.builders import make_connector, make_item
from tests.simulator import Simulator

from financehub.banking import choosing
from financehub.banking.models import Connector
from financehub.companies.models import Company
from financehub.providers.pluggy.errors import PluggyUnavailable

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(settings: Settings) -> None:
    settings.PLUGGY_USE_SANDBOX = False
    names = {1: "Banco Zeta", 3: "Banco Alfa", 4: "Itaú", 5: "Nubank", 6: "Sandbox"}
    for key, name in names.items():
        make_connector(id=key, name=name, is_sandbox=key == 6, is_open_finance=key == 5)


def names(company: Company, text: str = "", number: int = 0, size: int = 8) -> list[str]:
    return [one.name for one in choosing.offer(company, text=text, number=number, size=size).connectors]


def test_favourites_come_first_and_test_institutions_not_at_all(offered: None, bakery: Company) -> None:
    assert names(bakery) == ["Nubank", "Itaú", "Banco Alfa", "Banco Zeta"]


def test_what_the_company_has_had_comes_before_everything(offered: None, bakery: Company) -> None:
    make_item(company=bakery, connector=Connector.objects.get(pk=1))
    assert names(bakery)[0] == "Banco Zeta"


def test_a_search_minds_neither_accents_nor_case(offered: None, bakery: Company) -> None:
    assert names(bakery, "ITAU") == ["Itaú"]
    assert names(bakery, "zeta banco") == ["Banco Zeta"]
    assert names(bakery, "nada") == []


def test_pages_hold_everything_once(offered: None, bakery: Company) -> None:
    pages = [choosing.offer(bakery, number=number, size=3) for number in (0, 1, 7)]
    assert [[one.id for one in page.connectors] for page in pages] == [[5, 4, 3], [1], [1]]
    assert [(page.number, page.pages, page.found) for page in pages] == [(0, 2, 4), (1, 2, 4), (1, 2, 4)]


def test_test_institutions_are_offered_where_the_operator_wants_them(
    offered: None, bakery: Company, settings: Settings
) -> None:
    settings.PLUGGY_USE_SANDBOX = True
    assert "Sandbox" in names(bakery)
    found = choosing.find(6)
    assert found is not None
    settings.PLUGGY_USE_SANDBOX = False
    assert choosing.find(6) is None


@pytest.mark.parametrize("known", [0, 1])
def test_the_whole_list_is_asked_for_once_a_day(
    simulator: Simulator, bakery: Company, settings: Settings, known: int
) -> None:
    settings.PLUGGY_USE_SANDBOX = True
    for _ in range(known):
        make_connector()  # a connection mirrors its own
    assert choosing.offer(bakery).found > 100
    assert Connector.objects.count() > 100
    Connector.objects.all().delete()
    assert choosing.offer(bakery).found == 0


def test_without_an_answer_what_is_known_is_offered(
    offered: None, bakery: Company, settings: Settings
) -> None:
    settings.PLUGGY_BASE_URL, settings.PLUGGY_ATTEMPTS = "http://127.0.0.1:9", 1
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "x"
    assert len(names(bakery)) == 4
    Connector.objects.all().delete()
    with pytest.raises(PluggyUnavailable):
        names(bakery)


@pytest.mark.parametrize(
    ("is_open_finance", "fields", "document"),
    [(True, ["cpf"], "cpf"), (True, ["cnpj"], "cnpj"), (True, [], ""), (False, ["cpf", "password"], "")],
)
def test_only_a_bank_that_authorises_needs_a_document(
    is_open_finance: bool, fields: list[str], document: str
) -> None:
    credentials = [{"name": name, "label": name, "type": "text"} for name in fields]
    connector = make_connector(is_open_finance=is_open_finance, credentials=credentials)
    assert choosing.document_of(connector) == document
