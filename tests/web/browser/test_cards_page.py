"""Cards and bills in a real browser: on a phone, without a mouse, beside the list."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.builders import make_account, make_transaction
from tests.web.browser.conftest import Open

from financehub.banking.models import Account, Transaction
from financehub.companies.models import Company, User
from financehub.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def card(bakery: Company) -> Account:
    made = make_account(
        company=bakery,
        type="CREDIT",
        name="Mastercard Black Empresarial Internacional",
        balance_at=clock.now(),
        balance_cents=98_765_432_1,
        credit_limit_cents=1_000_000_000,
        available_limit_cents=12_345_679,
    )
    make_transaction(
        account=made,
        amount_cents=-98_765_432_1,
        description="Supermercado " * 9,
        installment_number=1,
        total_installments=12,
    )
    make_transaction(account=made, date=clock.today() - timedelta(days=50))
    return made


class TestPhone:
    @pytest.mark.parametrize("english", [False, True], ids=["pt", "en"])
    def test_never_scrolls_sideways(
        self, open_as: Open, ana: User, card: Account, live_server: object, english: bool
    ) -> None:
        page = open_as(ana, "/cartoes", width=360, height=740, english=english)
        wider = [page.evaluate(WIDER)]
        page.goto(f"{live_server.url}/cartoes/{card.pk}")  # type: ignore[attr-defined]
        page.locator(".why summary").first.click()
        wider.append(page.evaluate(WIDER))

        assert wider == [0, 0]


class TestKeyboard:
    def test_moves_a_row_to_another_bill(self, open_as: Open, ana: User, card: Account) -> None:
        page = open_as(ana, f"/cartoes/{card.pk}")

        page.locator(".why summary").first.press("Enter")
        select = page.get_by_label("Mudar de fatura").first
        select.press("ArrowDown")
        page.get_by_role("button", name="Mudar de fatura").first.press("Enter")

        expect(page.get_by_text("Lançamento movido de fatura.")).to_be_visible()
        expect(page).to_have_url(re.compile(r"fatura=\d{4}-\d{2}$"))
        moved = Transaction.objects.of(card.company).exclude(own_bill_month=None).get()
        assert page.url.endswith(f"{moved.own_bill_month:%Y-%m}")

    def test_goes_from_bill_to_bill(self, open_as: Open, ana: User, card: Account) -> None:
        page = open_as(ana, f"/cartoes/{card.pk}")
        title = page.get_by_role("heading", level=1).inner_text()

        page.locator("a[rel=prev]").press("Enter")

        expect(page.get_by_role("heading", level=1)).not_to_have_text(title)


def test_a_row_opens_beside_its_bill(open_as: Open, ana: User, card: Account) -> None:
    page = open_as(ana, f"/cartoes/{card.pk}")

    page.locator(".tx-name").first.click()

    expect(page.locator("dialog.drawer[open] h1")).to_contain_text("Supermercado")
