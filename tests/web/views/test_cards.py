"""Cards and bills as pages: exact amounts, what is said, who may."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.banking.stories import Bank, connect, sync
from tests.builders import make_account, make_transaction
from tests.simulator import Simulator
from tests.web.reading import text_of

from financehub.banking.cards import reports
from financehub.banking.models import Account, CreditCardBill, Transaction
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.money import format_amount

pytestmark = pytest.mark.django_db


@pytest.fixture
def synced_bank(simulator: Simulator, bakery: Company) -> Bank:
    bank = connect(simulator, bakery)
    assert sync(bank).status == "SUCCEEDED"
    return bank


def make_card(company: Company, **fields: object) -> Account:
    at = clock.now()
    return make_account(company=company, type="CREDIT", name="Roxinho", balance_at=at, **fields)


def make_bill(card: Account, *, due_in: int, cents: int, **fields: object) -> CreditCardBill:
    today = clock.today()
    return CreditCardBill.objects.create(
        company=card.company,
        account=card,
        pluggy_id="b1",
        due_date=today + timedelta(days=due_in),
        close_date=today + timedelta(days=due_in - 7),
        total_cents=cents,
        currency="BRL",
        created_at=clock.now(),
        **fields,
    )


class TestCards:
    def test_say_where_there_are_none(self, ana_browser: Client) -> None:
        assert "Nenhum cartão ainda" in text_of(ana_browser.get("/cartoes"))

    def test_show_the_open_bill_and_the_limit(self, ana_browser: Client, bakery: Company) -> None:
        card = make_card(bakery, credit_limit_cents=100_000, available_limit_cents=40_000)
        make_transaction(account=card, amount_cents=-12_345, description="Livraria")
        text = text_of(ana_browser.get("/cartoes/"))
        assert "Roxinho" in text
        assert "R$ 123,45" in text
        assert "usado R$ 600,00 de R$ 1.000,00" in text
        assert "Livraria" in text

    def test_say_once_that_a_limit_is_shared(self, ana_browser: Client, bakery: Company) -> None:
        numbers = {"credit_limit_cents": 100_000, "available_limit_cents": 40_000}
        first = make_card(bakery, **numbers)
        make_account(item=first.item, type="CREDIT", name="Adicional", **numbers)
        assert "limite dividido com Adicional: conta uma vez só" in text_of(ana_browser.get("/cartoes"))

    def test_warn_of_what_waits_to_be_paid(self, ana_browser: Client, bakery: Company) -> None:
        make_bill(make_card(bakery), due_in=3, cents=50_000)
        assert "R$ 500,00 a pagar até" in text_of(ana_browser.get("/cartoes"))

    def test_warn_of_what_is_late(self, ana_browser: Client, bakery: Company) -> None:
        card = make_card(bakery)
        paid = [{"type": "", "mode": None, "date": clock.today().isoformat(), "amount_cents": 100}]
        make_bill(card, due_in=-4, cents=50_000, payments=paid, minimum_cents=7_500)
        assert "R$ 499,00 em atraso desde" in text_of(ana_browser.get("/cartoes"))

    def test_show_what_parcelas_take_of_the_months(self, ana_browser: Client, bakery: Company) -> None:
        make_transaction(
            account=make_card(bakery),
            amount_cents=-10_000,
            description="Geladeira 1/3",
            installment_number=1,
            total_installments=3,
        )
        text = text_of(ana_browser.get("/cartoes"))
        assert "Parcelas já comprometidas" in text
        assert "Geladeira" in text
        assert "R$ 300,00 a pagar de R$ 300,00" in text

    def test_are_in_english_for_who_reads_english(self, ana_browser: Client, bakery: Company) -> None:
        make_card(bakery)
        ana_browser.post("/idioma/", {"language": "en", "next": "/cartoes"})
        text = text_of(ana_browser.get("/cartoes"))
        assert "Cards and bills" in text
        assert "Open bill" in text

    def test_of_a_bank_add_up(self, ana_browser: Client, synced_bank: Bank) -> None:
        text = text_of(ana_browser.get("/cartoes"))
        (card,) = reports.report(synced_bank.company, Account.objects.of(synced_bank.company)).cards
        assert format_amount(card.open.total_cents) in text
        assert "diferença" not in text


class TestABill:
    def test_is_the_open_one_unless_named(self, ana_browser: Client, bakery: Company) -> None:
        card = make_card(bakery)
        make_transaction(account=card, amount_cents=-12_345, description="Livraria")
        text = text_of(ana_browser.get(f"/cartoes/{card.pk}"))
        assert "aberta" in text
        assert "Soma dos lançamentos R$ 123,45" in text
        assert "pela data e pelo fechamento" in text

    def test_says_by_how_much_it_differs_and_why(self, ana_browser: Client, bakery: Company) -> None:
        card = make_card(bakery)
        make_bill(card, due_in=3, cents=50_000)
        month = reports.statement(bakery, card).waiting[0].month
        text = text_of(ana_browser.get(f"/cartoes/{card.pk}?fatura={month:%Y-%m}"))
        assert "Diferença de R$ 500,00" in text
        assert "Não temos a fatura anterior" in text

    def test_lists_payments_once_with_who_tells_of_them(self, ana_browser: Client, synced_bank: Bank) -> None:
        card = reports.statement(synced_bank.company, synced_bank.account("CREDIT"))
        paid = next(sheet for sheet in card.closed if len(sheet.payments) == 1 and sheet.check.adds_up)
        answer = ana_browser.get(f"/cartoes/{card.account.pk}?fatura={paid.month:%Y-%m}")
        text = text_of(answer)
        assert "Os lançamentos somam o total da fatura." in text
        assert text.count("lançamento e fatura, contado uma vez") == 1

    def test_that_is_not_there_gives_way_to_the_open_one(self, ana_browser: Client, bakery: Company) -> None:
        card = make_card(bakery)
        assert ana_browser.get(f"/cartoes/{card.pk}?fatura=1999-01")["Location"] == f"/cartoes/{card.pk}"

    def test_of_a_bank_account_does_not_exist(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)
        assert ana_browser.get(f"/cartoes/{account.pk}").status_code == 404


class TestMovingARow:
    def test_puts_it_on_another_bill_and_takes_it_back(self, ana_browser: Client, bakery: Company) -> None:
        row = make_transaction(account=make_card(bakery))
        address = f"/cartoes/linhas/{row.pk}/fatura"
        answer = ana_browser.post(address, {"fatura": "2027-01"}, follow=True)
        assert "Lançamento movido de fatura." in text_of(answer)
        assert "você pôs nesta fatura" in text_of(answer)
        assert f"{Transaction.objects.of(bakery).get().own_bill_month}" == "2027-01-01"
        answer = ana_browser.post(address, {"fatura": "", "back": "/cartoes"}, follow=True)
        assert "volta a ser a do banco" in text_of(answer)
        assert Transaction.objects.of(bakery).get().own_bill_month is None

    def test_is_refused_for_a_bank_account(self, ana_browser: Client, bakery: Company) -> None:
        row = make_transaction(account=make_account(company=bakery))
        answer = ana_browser.post(f"/cartoes/linhas/{row.pk}/fatura", {"fatura": "2027-01"})
        assert answer["Location"] == "/cartoes"
        assert Transaction.objects.of(bakery).get().own_bill_month is None

    def test_is_refused_to_a_viewer(self, bruno_browser: Client, bakery: Company) -> None:
        row = make_transaction(account=make_card(bakery))
        assert (
            bruno_browser.post(f"/cartoes/linhas/{row.pk}/fatura", {"fatura": "2027-01"}).status_code == 403
        )

    def test_is_told_in_the_rows_own_story(self, ana_browser: Client, bakery: Company) -> None:
        row = make_transaction(account=make_card(bakery))
        ana_browser.post(f"/cartoes/linhas/{row.pk}/fatura", {"fatura": "2027-01"})
        assert "Editada: fatura" in text_of(ana_browser.get(f"/transacoes/{row.pk}"))
