"""The filters in force, each with the way out of it."""

import pytest
from django.http import QueryDict
from tests.builders import make_account

from financehub.banking import reports
from financehub.companies.models import Company
from financehub.web import chips

pytestmark = pytest.mark.django_db


def labels(query: str) -> list[str]:
    return [chip.label for chip in chips.of(QueryDict(query), [])]


class TestOf:
    def test_names_each_filter_in_words(self) -> None:
        assert labels(
            "busca=pix&categoria=10000000&mes=2021-03&sentido=saida&situacao=pendente&ocultas=1"
        ) == [
            '"pix"',
            "Supermercado",
            "março de 2021",
            "pendentes",
            "saídas",
            "com as ocultas",
        ]
        assert labels("de=2021-03-01&ate=2021-03-02") == ["desde 1 mar 2021", "até 2 mar 2021"]
        assert labels("categoria=sem") == ["sem categoria"]

    def test_names_the_account_and_the_bank(self, bakery: Company) -> None:
        account = make_account(company=bakery, name="Conta Corrente")
        accounts = reports.open_accounts(bakery)
        query = QueryDict(f"conta={account.pk}&conexao={account.item_id}")

        assert [chip.label for chip in chips.of(query, accounts)] == ["Conta Corrente", "Pluggy Bank"]

    def test_leaves_the_others_and_goes_back_to_the_first_page(self) -> None:
        (search, direction) = chips.of(QueryDict("busca=pix&sentido=saida&depois=x"), [])

        assert search.without == "sentido=saida"
        assert direction.without == "busca=pix"

    def test_says_nothing_about_what_makes_no_sense(self) -> None:
        assert labels("categoria=x&mes=13&de=ontem&sentido=x&conta=1") == []


class TestWithValue:
    def test_sets_one_value_and_keeps_the_rest(self) -> None:
        assert chips.with_value(QueryDict("busca=pix&depois=a"), "depois", "b") == "busca=pix&depois=b"
