"""Rows written by hand: what a person types becomes exact cents on the right day."""

from datetime import date

import pytest
from django.test import Client
from tests.builders import make_account, make_transaction

from financehub.banking.models import Account, Transaction
from financehub.companies.models import Company

pytestmark = pytest.mark.django_db

ENTRY = {
    "amount": "1.234,56",
    "direction": "out",
    "description": "Feira",
    "date": "2026-03-14",
    "category": "",
}


@pytest.fixture
def till(bakery: Company) -> Account:
    return make_account(company=bakery, is_manual=True, name="Caixa", balance_cents=200_000)


def balance(account: Account) -> int:
    return Account.objects.of(account.company_id).get(pk=account.pk).balance_cents


class TestAdd:
    def test_writes_the_row_and_moves_the_balance(
        self, ana_browser: Client, bakery: Company, till: Account
    ) -> None:
        answer = ana_browser.post("/transacoes/nova", {**ENTRY, "account": str(till.pk)})

        row = Transaction.objects.of(bakery).get()
        assert answer["Location"] == f"/transacoes?conta={till.pk}"
        assert (row.amount_cents, row.date, row.description) == (-123_456, date(2026, 3, 14), "Feira")
        assert balance(till) == 200_000 - 123_456

    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, ana_browser: Client, bakery: Company, till: Account
    ) -> None:
        answer = ana_browser.post("/transacoes/nova", {**ENTRY, "account": str(till.pk), "amount": "muito"})

        assert answer.status_code == 422
        assert "Escreva o valor assim: 1.234,56" in answer.content.decode()
        assert 'value="Feira"' in answer.content.decode()
        assert not Transaction.objects.of(bakery).exists()

    def test_refuses_an_account_of_another_company(
        self, ana_browser: Client, bakery: Company, till: Account
    ) -> None:
        foreign = make_account(is_manual=True)

        assert ana_browser.post("/transacoes/nova", {**ENTRY, "account": str(foreign.pk)}).status_code == 404

    def test_asks_for_a_manual_account_first(self, ana_browser: Client) -> None:
        assert ana_browser.get("/transacoes/nova")["Location"] == "/contas/nova"

    def test_is_refused_to_a_viewer(self, bruno_browser: Client, till: Account) -> None:
        assert bruno_browser.post("/transacoes/nova", {**ENTRY, "account": str(till.pk)}).status_code == 403


class TestRewrite:
    def test_changes_amount_and_day_and_the_balance_follows(self, ana_browser: Client, till: Account) -> None:
        ana_browser.post("/transacoes/nova", {**ENTRY, "account": str(till.pk)})
        row = Transaction.objects.of(till.company_id).get()

        ana_browser.post(
            f"/transacoes/{row.pk}/reescrever",
            {**ENTRY, "amount": "10", "direction": "in", "date": "2026-03-15"},
        )

        row.refresh_from_db()
        assert (row.amount_cents, row.date) == (1_000, date(2026, 3, 15))
        assert balance(till) == 201_000

    def test_shows_the_present_values(self, ana_browser: Client, till: Account) -> None:
        ana_browser.post("/transacoes/nova", {**ENTRY, "account": str(till.pk)})
        row = Transaction.objects.of(till.company_id).get()

        page = ana_browser.get(f"/transacoes/{row.pk}/reescrever").content.decode()

        assert 'value="1.234,56"' in page
        assert 'value="2026-03-14"' in page

    def test_does_not_exist_for_a_row_of_the_bank(self, ana_browser: Client, bakery: Company) -> None:
        row = make_transaction(account=make_account(company=bakery))

        assert ana_browser.post(f"/transacoes/{row.pk}/reescrever", ENTRY).status_code == 404
        assert Transaction.objects.of(bakery).get().amount_cents == row.amount_cents
