"""A person reads, filters and edits transactions with a mouse, a keyboard and a phone."""

import re

import pytest
from playwright.sync_api import expect
from tests.builders import make_account, make_transaction
from tests.web.browser.conftest import Open

from financehub.banking.models import Account, Transaction
from financehub.companies.models import Company, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def account(bakery: Company) -> Account:
    return make_account(company=bakery, name="Conta Corrente")


class TestDrawer:
    def test_opens_beside_the_list_and_saves_a_note(self, open_as: Open, ana: User, account: Account) -> None:
        row = make_transaction(account=account, description="Padaria Estrela")
        page = open_as(ana, "/transacoes")

        page.get_by_role("link", name="Padaria Estrela").click()
        drawer = page.get_by_role("dialog", name="Padaria Estrela")
        expect(drawer.get_by_text("O banco enviou")).to_be_visible()
        drawer.get_by_label("Nota").fill("café da equipe")
        drawer.get_by_label("Categoria").select_option(label="Restaurantes, bares e lanchonetes")
        drawer.get_by_role("button", name="Salvar").click()

        expect(page.get_by_text("Salvo.")).to_be_visible()
        expect(page).to_have_url(re.compile("/transacoes$"))
        saved = Transaction.objects.of(row.company_id).get()
        assert (saved.own_note, saved.own_category_id) == ("café da equipe", "11010000")

    def test_closes_with_escape_and_gives_the_focus_back(
        self, open_as: Open, ana: User, account: Account
    ) -> None:
        make_transaction(account=account, description="Padaria Estrela")
        page = open_as(ana, "/transacoes")
        link = page.get_by_role("link", name="Padaria Estrela")

        link.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(link).to_be_focused()


class TestFilters:
    def test_apply_at_once_and_leave_a_short_address(
        self, open_as: Open, ana: User, account: Account
    ) -> None:
        make_transaction(account=account, description="Mercado")
        make_transaction(account=account, description="Venda", amount_cents=500)
        page = open_as(ana, "/transacoes")

        page.get_by_text("Filtrar").click()
        page.get_by_label("Sentido").select_option(label="Entradas")

        expect(page).to_have_url(re.compile(r"/transacoes\?sentido=entrada$"))
        expect(page.get_by_role("link", name="Venda")).to_be_visible()
        expect(page.get_by_role("link", name="Mercado")).to_have_count(0)

        page.get_by_role("link", name="Tirar filtro: entradas").click()
        expect(page.get_by_role("link", name="Mercado")).to_be_visible()
