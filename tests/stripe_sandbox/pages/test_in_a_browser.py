"""The hosted pages as a person meets them: a telephone's width, a keyboard, no sideways scrolling."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import NewPage
from tests.stripe_simulator import StripeSimulator

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    return new_page(width=360, height=740)


def offer(simulator: StripeSimulator, **more: Any) -> tuple[str, str]:
    """(customer, address of a checkout page)."""
    c = simulator.client().v1
    product = c.products.create({"name": "Finance Hub Professional"})
    recurring = {"interval": "month"}
    price = c.prices.create(
        {"product": product.id, "currency": "brl", "unit_amount": 7900, "recurring": recurring}
    )
    customer = c.customers.create({"name": "Padaria Pão de Ouro"})
    session = c.checkout.sessions.create(
        {
            "mode": "subscription",
            "customer": customer.id,
            "line_items": [{"price": price.id, "quantity": 1}],
            "success_url": f"{simulator.url}/_control?done={{CHECKOUT_SESSION_ID}}",
            "cancel_url": f"{simulator.url}/_control?left",
            **more,
        }
    )
    return customer.id, str(session.url)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def type_card(page: Page, number: str) -> None:
    page.get_by_label("Número do cartão").fill(number)
    page.get_by_label("Validade").fill("12/34")
    page.get_by_label("Código de segurança").fill("123")
    page.get_by_label("Nome no cartão").fill("Ana")


class TestCheckout:
    def test_is_paid_with_the_keyboard_alone(self, phone: Page, simulator: StripeSimulator) -> None:
        _, address = offer(simulator, allowed_payment_method_types=["card"])
        phone.goto(address)
        phone.get_by_label("Número do cartão").focus()
        for text in ("4242424242424242", "1234", "123", "Ana"):
            phone.keyboard.type(text)
            phone.keyboard.press("Tab")
        expect(phone.get_by_role("button", name="Pagar R$")).to_be_focused()
        phone.keyboard.press("Enter")
        phone.wait_for_url("**/_control?done=cs_test_*")

    def test_shows_the_boleto_fields_when_boleto_is_chosen(
        self, phone: Page, simulator: StripeSimulator
    ) -> None:
        _, address = offer(simulator)
        phone.goto(address)
        expect(phone.get_by_label("CPF ou CNPJ")).to_be_hidden()
        phone.get_by_label("Boleto").check()
        expect(phone.get_by_label("Número do cartão")).to_be_hidden()
        phone.get_by_label("Nome de quem paga").fill("Ana")
        phone.get_by_label("CPF ou CNPJ").fill("123.456.789-09")
        phone.get_by_role("button", name="Pagar").click()
        expect(phone.get_by_role("heading", name="Seu boleto está pronto")).to_be_visible()
        assert fits(phone)
        phone.get_by_role("button", name="Pagar este boleto").click()
        expect(phone.get_by_role("heading", name="Boleto pago")).to_be_visible()

    def test_asks_the_bank_and_comes_back_when_refused(self, phone: Page, simulator: StripeSimulator) -> None:
        _, address = offer(simulator)
        phone.goto(address)
        type_card(phone, "4000002760003184")
        phone.get_by_role("button", name="Pagar").click()
        assert fits(phone)
        phone.get_by_role("button", name="Recusar").click()
        expect(phone.get_by_role("alert")).to_contain_text("O banco não confirmou")
        assert fits(phone)

    def test_can_be_left(self, phone: Page, simulator: StripeSimulator) -> None:
        _, address = offer(simulator)
        phone.goto(address)
        assert fits(phone)
        phone.get_by_role("link", name="Voltar").click()
        phone.wait_for_url("**/_control?left")


def test_the_portal_fits_a_phone_and_changes_a_card(phone: Page, simulator: StripeSimulator) -> None:
    customer, address = offer(simulator)
    phone.goto(address)
    type_card(phone, "4242424242424242")
    phone.get_by_role("button", name="Pagar").click()
    phone.wait_for_url("**/_control?done=*")
    portal = simulator.client().v1.billing_portal
    portal.configurations.create({"features": {"subscription_cancel": {"enabled": True}}})
    phone.goto(portal.sessions.create({"customer": customer}).url)
    assert fits(phone)
    phone.get_by_role("link", name="Trocar cartão").click()
    type_card(phone, "5555555555554444")
    phone.get_by_role("button", name="Salvar cartão").click()
    expect(phone.get_by_role("status")).to_have_text("Cartão atualizado.")
    expect(phone.get_by_text("Mastercard final 4444")).to_be_visible()
    phone.locator(".invoices a").first.click()
    expect(phone.get_by_role("heading", name="Fatura")).to_be_visible()
    assert fits(phone)


def test_the_home_page_lets_days_pass(phone: Page, simulator: StripeSimulator) -> None:
    offer(simulator)
    phone.goto(simulator.url)
    assert fits(phone)
    before = simulator.told("")["now"]
    phone.get_by_role("button", name="Avançar 1 dia").click()
    expect(phone.get_by_role("heading", name="Relógio virtual")).to_be_visible()
    assert simulator.told("")["now"] == before + 86_400
