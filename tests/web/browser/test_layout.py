"""Every page fits a phone, and can be used without a mouse."""

import pytest
from playwright.sync_api import expect
from tests.builders import make_account, make_item, make_transaction
from tests.web.browser.conftest import Open

from financehub.companies.models import Company, User
from financehub.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = ["/", "/open-finance", "/conectar", "/transacoes", "/contas/nova", "/leituras", "/empresa/"]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def money(bakery: Company) -> None:
    item = make_item(company=bakery, status="LOGIN_ERROR", execution_status="INVALID_CREDENTIALS")
    account = make_account(
        company=bakery, item=item, name="Conta Corrente Empresarial Premium", balance_cents=123_456_789_01
    )
    make_account(company=bakery, type="CREDIT", item=item, balance_cents=98_765_432_1, due_date=clock.today())
    make_transaction(account=account, amount_cents=-123_456_789, description="Supermercado " * 12)


class TestPhone:
    @pytest.mark.parametrize("english", [False, True], ids=["pt", "en"])
    def test_never_scrolls_sideways(
        self, open_as: Open, ana: User, money: None, live_server: object, english: bool
    ) -> None:
        page = open_as(ana, "/", width=360, height=740, english=english)

        wider = {}
        for path in PATHS:
            page.goto(live_server.url + path)  # type: ignore[attr-defined]
            wider[path] = page.evaluate(WIDER)

        assert wider == dict.fromkeys(PATHS, 0)


class TestKeyboard:
    def test_reaches_the_content_first(self, open_as: Open, ana: User, money: None) -> None:
        page = open_as(ana, "/")

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Pular para o conteúdo")).to_be_focused()
        page.keyboard.press("Enter")

        expect(page.locator("#content")).to_be_focused()

    def test_closes_the_menu_with_escape(self, open_as: Open, ana: User) -> None:
        page = open_as(ana, "/")
        menu = page.locator("details.who")

        menu.locator("summary").press("Enter")
        expect(page.get_by_role("button", name="Sair")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page.get_by_role("button", name="Sair")).to_be_hidden()
        expect(menu.locator("summary")).to_be_focused()


class TestLanguage:
    def test_changes_in_place(self, open_as: Open, ana: User, money: None) -> None:
        page = open_as(ana, "/transacoes")
        page.locator("details.who summary").click()

        page.get_by_role("button", name="English").click()

        expect(page.get_by_role("heading", name="Transactions")).to_be_visible()
