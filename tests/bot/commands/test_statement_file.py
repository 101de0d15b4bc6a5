"""The file: what a spreadsheet may run and what it may not, and how much it holds."""

import csv
import io

import pytest
from django.utils import translation
from tests.builders import make_account, make_transaction

from financehub.banking.listing import TransactionFilter
from financehub.bot.commands import statement_file
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


def lines(company: Company) -> list[list[str]]:
    made = statement_file.statement(company, TransactionFilter(from_date=clock.today()))
    return list(csv.reader(io.StringIO(made.file.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("words", ["=1+1", "+55 11", "-desconto", "@SUM(A1)"])
def test_words_of_others_are_never_formulas(bakery: Company, words: str) -> None:
    make_transaction(account=make_account(company=bakery), description=words)
    assert lines(bakery)[1][1] == f"'{words}"


def test_every_column_has_a_name_in_the_active_language(bakery: Company) -> None:
    account = make_account(company=bakery, name="Conta; Corrente")
    make_transaction(account=account, amount_cents=-123456, category_id="10000000", description="Loja")
    head, row = lines(bakery)
    day = f"{clock.today():%d/%m/%Y}"
    assert row == [day, "Loja", "-1234,56", "BRL", "Pluggy Bank · Conta; Corrente", "Supermercado", "lançada"]
    assert head[0] == "dia"
    with translation.override("en"):
        assert lines(bakery)[0][1] == "description"
        assert statement_file.statement(bakery, TransactionFilter()).file.name.startswith("statement-")
