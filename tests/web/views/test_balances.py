"""A person reads why a balance does not add up, closes it, and takes that back."""

import pytest
from django.test import Client
from tests.builders import make_account
from tests.web.reading import text_of

from financehub.banking.balances import checking
from financehub.banking.models import Account, BalanceAdjustment, GapReport
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(bakery: Company) -> Account:
    """An account whose bank has R$ 77,77 less than its rows."""
    account = make_account(company=bakery, balance_cents=50_000, balance_at=clock.now())
    checking.check_read([account], wrote=set())
    account.balance_cents = 42_223
    account.save()
    checking.check_read([account], wrote=set())
    return account


def is_open(account: Account) -> bool:
    return GapReport.objects.of(account.company).open().exists()


class TestThePage:
    def test_says_the_gap_its_cause_and_what_to_do(self, ana_browser: Client, account: Account) -> None:
        page = text_of(ana_browser.get(f"/contas/{account.pk}"))
        assert "O saldo fecha? Não fecha" in page
        assert "Faltam lançamentos -R$ 77,77" in page.replace("\N{NO-BREAK SPACE}", " ")
        assert "Leia de novo" in page

    def test_says_it_in_english(self, ana_browser: Client, account: Account) -> None:
        ana_browser.post("/idioma/", {"language": "en", "next": "/"})
        page = text_of(ana_browser.get(f"/contas/{account.pk}"))
        assert "Does the balance add up?" in page
        assert "Rows are missing" in page

    def test_is_calm_when_it_adds_up(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)
        checking.check_read([account], wrote=set())
        assert "O saldo fecha? Fecha certo" in text_of(ana_browser.get(f"/contas/{account.pk}"))


class TestAdjusting:
    def test_closes_the_gap_and_can_be_undone(self, ana_browser: Client, account: Account) -> None:
        page = ana_browser.post(f"/contas/{account.pk}/ajustar", {"note": "tarifa"}, follow=True)
        assert "tarifa" in text_of(page)
        assert not is_open(account)
        ana_browser.post(f"/contas/{account.pk}/desfazer-ajuste")
        assert is_open(account)

    def test_says_why_it_was_refused(self, ana_browser: Client, account: Account) -> None:
        page = ana_browser.post(f"/contas/{account.pk}/desfazer-ajuste", follow=True)
        assert "Não há ajuste para desfazer." in text_of(page)

    def test_is_not_for_a_viewer(self, bruno_browser: Client, account: Account) -> None:
        assert bruno_browser.post(f"/contas/{account.pk}/ajustar", {"note": "x"}).status_code == 403
        assert not BalanceAdjustment.objects.of(account.company).exists()


class TestTheReviewQueue:
    def test_shows_the_gap_with_its_causes(self, ana_browser: Client, account: Account) -> None:
        page = text_of(ana_browser.get("/revisao")).replace("\N{NO-BREAK SPACE}", " ")
        assert "Saldo que não fecha Conta Corrente · Pluggy Bank · -R$ 77,77 desde" in page
        assert "-R$ 77,77 · Faltam lançamentos" in page
        assert "Nada para revisar" not in page

    def test_is_empty_when_everything_adds_up(self, ana_browser: Client, bakery: Company) -> None:
        assert "Nada para revisar" in text_of(ana_browser.get("/revisao"))
