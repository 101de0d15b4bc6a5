"""One account or card, and accounts kept by hand."""

from datetime import date

import pytest
from django.test import Client
from tests.builders import make_account, make_item, make_transaction
from tests.web.reading import text_of

from financehub.banking.models import Account, CreditCardBill, Sync
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


class TestAccount:
    def test_shows_a_cards_open_amount_limits_and_bills(self, ana_browser: Client, bakery: Company) -> None:
        card = make_account(
            company=bakery,
            type="CREDIT",
            name="Platinum",
            balance_cents=123_456,
            credit_limit_cents=1_000_000,
            available_limit_cents=876_544,
        )
        CreditCardBill.objects.create(
            company=bakery,
            account=card,
            pluggy_id="b",
            due_date=date(2026, 3, 10),
            total_cents=98_700,
            minimum_cents=14_805,
            currency="BRL",
            created_at=clock.now(),
        )

        page = text_of(ana_browser.get(f"/contas/{card.pk}"))

        assert "Em aberto no cartão R$ 1.234,56" in page
        assert "Limite livre R$ 8.765,44 Limite total R$ 10.000,00" in page
        assert "10/03/2026 R$ 987,00 R$ 148,05" in page

    def test_shows_the_last_rows_of_this_account_only(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)
        make_transaction(account=account, description="Minha")
        make_transaction(account=make_account(company=bakery), description="Outra")

        page = text_of(ana_browser.get(f"/contas/{account.pk}"))

        assert "Minha" in page
        assert "Outra" not in page

    def test_does_not_exist_for_a_stranger(self, carla_browser: Client, bakery: Company) -> None:
        assert carla_browser.get(f"/contas/{make_account(company=bakery).pk}").status_code == 404


class TestSync:
    def test_asks_for_a_full_read_of_the_connection(
        self, ana_browser: Client, bakery: Company, settings: object
    ) -> None:
        account = make_account(company=bakery, item=make_item(company=bakery))

        answer = ana_browser.post(f"/contas/{account.pk}/sincronizar")

        assert answer.status_code == 302
        assert list(Sync.objects.of(bakery).values_list("trigger", "is_full")) == [("person", True)]

    def test_says_what_must_happen_first(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery, status="LOGIN_ERROR", execution_status="INVALID_CREDENTIALS")
        account = make_account(company=bakery, item=item)

        answer = ana_browser.post(f"/contas/{account.pk}/sincronizar", follow=True)

        assert "Esta conexão precisa ser refeita antes." in text_of(answer)
        assert not Sync.objects.of(bakery).exists()

    def test_is_refused_to_a_viewer(self, bruno_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)

        assert bruno_browser.post(f"/contas/{account.pk}/sincronizar").status_code == 403
        assert not Sync.objects.of(bakery).exists()


class TestNewAccount:
    def test_opens_a_manual_account_with_its_balance(self, ana_browser: Client, bakery: Company) -> None:
        answer = ana_browser.post("/contas/nova", {"name": "Caixa", "kind": "BANK", "opening": "1.234,5"})

        account = Account.objects.of(bakery).get()
        assert answer["Location"] == f"/contas/{account.pk}"
        assert (account.name, account.balance_cents, account.is_manual) == ("Caixa", 123_450, True)

    def test_needs_a_name(self, ana_browser: Client, bakery: Company) -> None:
        assert ana_browser.post("/contas/nova", {"name": " ", "kind": "BANK"}).status_code == 422
        assert not Account.objects.of(bakery).exists()

    def test_is_refused_to_a_viewer(self, bruno_browser: Client, bakery: Company) -> None:
        assert bruno_browser.post("/contas/nova", {"name": "Caixa", "kind": "BANK"}).status_code == 403
        assert not Account.objects.of(bakery).exists()


class TestArchive:
    def test_puts_a_manual_account_away(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery, is_manual=True)

        assert ana_browser.post(f"/contas/{account.pk}/arquivar")["Location"] == "/"
        assert not Account.objects.of(bakery).open().exists()

    def test_leaves_an_account_of_a_bank_where_it_is(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)

        ana_browser.post(f"/contas/{account.pk}/arquivar")

        assert Account.objects.of(bakery).open().exists()
