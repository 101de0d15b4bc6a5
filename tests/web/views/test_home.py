"""The first page: exact numbers, and what a company without money sees."""

import pytest
from django.test import Client
from tests.builders import make_account, make_item, make_transaction
from tests.web.reading import text_of

from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


class TestHome:
    def test_says_how_much_cash_there_is_and_how_old_the_number_is(
        self, ana_browser: Client, bakery: Company
    ) -> None:
        make_account(company=bakery, balance_cents=123_456, balance_at=clock.now(), name="Conta Corrente")

        page = text_of(ana_browser.get("/"))

        assert "Dinheiro em conta R$ 1.234,56 lido agora" in page
        assert "Conta Corrente" in page

    def test_draws_the_months_and_repeats_them_as_a_table(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)
        make_transaction(account=account, amount_cents=500_000)
        make_transaction(account=account, amount_cents=-120_050)

        page = text_of(ana_browser.get("/"))

        assert "Entrou no mês R$ 5.000,00 Saiu no mês R$ 1.200,50 Sobrou R$ 3.799,50" in page
        assert "R$ 5.000,00 R$ 1.200,50 R$ 3.799,50" in page

    def test_shows_a_cards_open_bill_as_its_own_page_does(self, ana_browser: Client, bakery: Company) -> None:
        card = make_account(company=bakery, type="CREDIT", name="Cartão", balance_cents=111_111)
        make_transaction(account=card, amount_cents=-98_765)
        make_transaction(account=card, amount_cents=-1, date=clock.days_before(clock.today(), -1))

        assert "R$ 987,65 vence" in text_of(ana_browser.get("/"))
        assert "Fatura aberta R$ 987,65" in text_of(ana_browser.get("/cartoes"))
        assert "R$ 987,65" in text_of(ana_browser.get(f"/contas/{card.pk}"))

    def test_teaches_a_company_that_has_nothing_yet(self, ana_browser: Client) -> None:
        page = text_of(ana_browser.get("/"))

        assert "Todo o seu dinheiro em um só lugar" in page
        assert "Criar conta manual" in page

    def test_offers_a_viewer_nothing_to_press(self, bruno_browser: Client) -> None:
        page = text_of(bruno_browser.get("/"))

        assert "Todo o seu dinheiro em um só lugar" in page
        assert "Criar conta manual" not in page

    def test_puts_what_waits_for_the_person_first(self, ana_browser: Client, bakery: Company) -> None:
        make_item(company=bakery, status="LOGIN_ERROR", execution_status="INVALID_CREDENTIALS")

        page = text_of(ana_browser.get("/"))

        assert "Pluggy Bank: O banco não aceitou o acesso. Reconecte e confira usuário e senha." in page

    def test_keeps_the_cash_in_sight_when_many_banks_wait(self, ana_browser: Client, bakery: Company) -> None:
        for _ in range(4):
            make_item(company=bakery, status="LOGIN_ERROR", execution_status="INVALID_CREDENTIALS")

        page = text_of(ana_browser.get("/"))

        assert page.count("O banco não aceitou o acesso.") == 2
        assert "Mais 2 conexões precisam de você" in page

    def test_shows_nothing_of_another_company(self, carla_browser: Client, bakery: Company) -> None:
        make_account(company=bakery, balance_cents=123_456)

        assert "1.234,56" not in text_of(carla_browser.get("/"))

    def test_sends_a_visitor_to_sign_in(self, client: Client, db: None) -> None:
        answer = client.get("/")

        assert (answer.status_code, answer["Location"]) == (302, "/conta/entrar/?next=/")

    def test_speaks_english_once_chosen(self, ana_browser: Client, bakery: Company) -> None:
        make_account(company=bakery, balance_cents=123_456, balance_at=clock.now())
        ana_browser.post("/idioma/", {"language": "en", "next": "/"})

        page = text_of(ana_browser.get("/"))

        assert "Cash in accounts R$ 1.234,56 read just now" in page
