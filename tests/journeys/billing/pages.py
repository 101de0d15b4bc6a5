"""What a person clicks on our pages and on Stripe's."""

import re

from playwright.sync_api import Page, expect
from tests.billing.shop import CPF

GOOD, OTHER = "4242424242424242", "5555555555554444"


def fill_card(page: Page, number: str = GOOD) -> None:
    """Stripe's form for a card, to its button."""
    for name, value in {"number": number, "expiry": "12/34", "cvc": "123", "name": "Ana"}.items():
        page.locator(f'input[name="{name}"]').fill(value)
    page.get_by_role("button", name=re.compile("Pagar|Salvar")).click()


def go_to_checkout(page: Page, plan: str = "starter") -> None:
    """From our page to Stripe's."""
    page.locator(f"#offer-{plan}").get_by_role("button", name="Assinar: Mensal").click()
    page.wait_for_url(re.compile("/pay/cs_test_"))


def buy(page: Page, plan: str = "starter") -> None:
    """To Stripe, pay by card, back, and on to our page about the plan."""
    go_to_checkout(page, plan)
    fill_card(page)
    page.wait_for_url(re.compile("/assinatura/retorno"))
    expect(page.get_by_role("heading", name="Assinatura ativa")).to_be_visible()
    page.get_by_role("link", name="Ver plano e cobrança").click()


def pay_by_boleto(page: Page) -> None:
    """Stripe's form for a boleto, to the voucher."""
    page.locator("#method-boleto").check()
    page.locator('input[name="payer"]').fill("Ana")
    page.locator('input[name="tax_id"]').fill(CPF)
    page.get_by_role("button", name=re.compile("Pagar")).click()
    page.wait_for_url(re.compile("/boleto/"))
