"""A person buys, changes and ends a plan in a real browser; Stripe's simulator tells us by webhook."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from tests.billing.shop import CPF, Shop
from tests.web.browser.conftest import Open

from financehub.billing.models import Checkout, Subscription
from financehub.companies.models import User
from financehub.webhooks.models import WebhookEvent

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def fill_card(page: Page, number: str = "4242424242424242") -> None:
    for name, value in {"number": number, "expiry": "12/34", "cvc": "123", "name": "Ana"}.items():
        page.locator(f'input[name="{name}"]').fill(value)
    page.get_by_role("button", name=re.compile("Pagar")).click()


def buy_starter(page: Page) -> None:
    page.locator("#offer-starter").get_by_role("button", name="Assinar: Mensal").click()
    page.wait_for_url(re.compile("/pay/cs_test_"))


def test_a_card_buys_a_plan_and_the_portal_shows_it(open_as: Open, open_shop: Shop, ana: User) -> None:
    page = open_as(ana, "/assinatura")
    buy_starter(page)
    expect(page.get_by_text("R$\u00a029,00").first).to_be_visible()
    fill_card(page)
    page.wait_for_url(re.compile("/assinatura/retorno"))
    expect(page.get_by_role("heading", name="Assinatura ativa")).to_be_visible()
    page.get_by_role("link", name="Ver plano e cobrança").click()
    expect(page.get_by_role("heading", name="Seu plano: Starter")).to_be_visible()
    page.get_by_role("button", name="Abrir o portal").click()
    page.wait_for_url(re.compile("/p/session/"))
    assert Subscription.objects.of(open_shop.company).get().status == "active"


def test_a_declined_card_can_be_followed_by_3d_secure(open_as: Open, open_shop: Shop, ana: User) -> None:
    page = open_as(ana, "/assinatura")
    buy_starter(page)
    fill_card(page, "4000000000000002")
    expect(page.get_by_text("O cartão foi recusado")).to_be_visible()
    fill_card(page, "4000002760003184")
    expect(page.get_by_text("Seu banco quer confirmar")).to_be_visible()
    page.locator('button[name="answer"][value="yes"]').click()
    page.wait_for_url(re.compile("/assinatura/retorno"))
    expect(page.get_by_role("heading", name="Assinatura ativa")).to_be_visible()


def test_a_boleto_is_processing_until_it_is_paid_without_reloading(
    open_as: Open, open_shop: Shop, ana: User
) -> None:
    page = open_as(ana, "/assinatura")
    buy_starter(page)
    page.locator("#method-boleto").check()
    page.locator('input[name="payer"]').fill("Ana")
    page.locator('input[name="tax_id"]').fill(CPF)
    page.get_by_role("button", name=re.compile("Pagar")).click()
    page.wait_for_url(re.compile("/boleto/"))
    checkout = Checkout.objects.of(open_shop.company).get()
    page.goto(f"{settings.PUBLIC_URL}/assinatura/retorno?checkout={checkout.pk}")
    expect(page.get_by_role("heading", name="Processando o pagamento")).to_be_visible()
    intent = open_shop.api.payment_intents.list({}).data[0].id
    open_shop.box.control(f"/payment_intents/{intent}/pay_boleto")
    expect(page.get_by_role("heading", name="Assinatura ativa")).to_be_visible(timeout=15000)


def test_stripe_itself_told_us_everything(open_as: Open, open_shop: Shop, ana: User) -> None:
    page = open_as(ana, "/assinatura")
    buy_starter(page)
    fill_card(page)
    page.wait_for_url(re.compile("/assinatura/retorno"))
    open_shop.box.control("/settle")
    told = WebhookEvent.objects.filter(source="stripe")
    assert {"checkout.session.completed", "invoice.paid"} <= set(told.values_list("type", flat=True))
    assert not told.filter(status__in=["failed", "dead"]).exists()
