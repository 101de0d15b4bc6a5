"""Months of billing in a real browser, our clock and Stripe's moved together: trial to the end, and around it."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.builders import make_company, make_member, make_user
from tests.journeys.billing.pages import OTHER, buy, fill_card, go_to_checkout, pay_by_boleto
from tests.journeys.billing.travelling import Travel
from tests.web.browser.conftest import Open

from financehub.billing.models import Checkout, Dispute, DunningCase, Invoice, Payment, Subscription
from financehub.companies.models import Role, User

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PLAN = "/assinatura"


def staff_person(email: str) -> User:
    user = make_user(email=email, name=email.partition("@")[0].title(), is_staff=True)
    return make_member(company=make_company(), user=user, role=Role.OWNER).user


def sees(page: Page, *headings: str) -> None:
    """The page as it is now."""
    page.reload()
    for heading in headings:
        expect(page.get_by_text(heading).first).to_be_visible()


def test_from_the_trial_over_three_renewals_to_an_unpaid_end(
    open_as: Open, travel: Travel, ana: User
) -> None:
    page = open_as(ana, PLAN)
    sees(page, "dias de teste")
    travel.on(days=10)
    assert travel.told() == []
    travel.on(days=1)
    assert travel.told() == ["trial_ending"]
    sees(page, "dias de teste")
    buy(page)
    for _ in range(3):
        travel.to_renewal()
    assert travel.charges() == [("succeeded", 2900)] * 4
    sees(page, "Seu plano: Starter")
    assert page.get_by_role("cell", name=re.compile("R\\$.29,00")).count() == 4
    travel.bank_says(*["insufficient_funds"] * 4)
    travel.to_renewal()
    sees(page, "O pagamento da renovação falhou", "Pagar agora", "pagamento em atraso")
    for days, attempts in ((3, 1), (4, 2)):
        travel.on(days=days)
        assert (travel.pay_calls(), travel.subscription.status) == (attempts, "past_due")
        sees(page, "O pagamento da renovação falhou", "Seu plano: Starter")
    travel.on(days=7)
    assert (travel.pay_calls(), travel.subscription.status) == (3, "canceled")
    sees(page, "Seu plano: Sem plano", "não recebida")
    assert DunningCase.objects.of(travel.shop.company).get().status == "given_up"
    assert travel.charges() == [("succeeded", 2900)] * 4 + [("failed", 2900)] * 4
    assert {"payment_failed", "payment_retry", "payment_last_warning", "subscription_ended"} <= set(
        travel.told()
    )


def test_a_card_mended_on_day_8_brings_everything_back(open_as: Open, travel: Travel, ana: User) -> None:
    page = open_as(ana, PLAN)
    buy(page)
    travel.bank_says(*["insufficient_funds"] * 3)
    travel.to_renewal()
    travel.on(days=3)
    travel.on(days=4)
    travel.on(days=1)
    sees(page, "O pagamento da renovação falhou")
    page.get_by_role("button", name="Trocar o cartão").first.click()
    page.wait_for_url(re.compile("/p/session/"))
    fill_card(page, OTHER)
    travel.listen()
    page.goto(page.url.partition("/p/")[0])
    page.goto(f"{travel.settings.PUBLIC_URL}{PLAN}")
    expect(page.get_by_text("O pagamento da renovação falhou")).to_have_count(0)
    expect(page.get_by_text(re.compile("Mastercard"))).to_be_visible()
    assert (travel.pay_calls(), travel.subscription.status) == (3, "active")
    case = DunningCase.objects.of(travel.shop.company).get()
    assert (case.status, [one.trigger for one in case.attempts.order_by("created_at")]) == (
        "paid",
        ["day_3", "day_7", "new_card"],
    )
    assert travel.charges() == [("succeeded", 2900), *[("failed", 2900)] * 3, ("succeeded", 2900)]
    travel.on(days=7)
    assert travel.pay_calls() == 3


def test_upgrade_downgrade_cancel_and_undo(open_as: Open, travel: Travel, ana: User) -> None:
    page = open_as(ana, PLAN)
    buy(page)
    travel.on(days=10)
    page.locator("#offer-professional").get_by_role("link", name="Mudar para este: Mensal").click()
    due = Invoice.objects.of(travel.shop.company).count()
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_role("heading", name="Seu plano: Professional")).to_be_visible()
    travel.listen()
    assert Invoice.objects.of(travel.shop.company).count() == due + 1
    [first, second] = travel.charges()
    assert first == ("succeeded", 2900)
    assert second[0] == "succeeded"
    assert 3200 < second[1] < 3600  # about 20 of 30 days of the difference of R$ 50
    page.locator("#offer-starter").get_by_role("link", name="Mudar para este: Mensal").click()
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_text("No fim do período muda para Starter")).to_be_visible()
    page.get_by_role("button", name="Desfazer").click()
    expect(page.get_by_text("Renova em")).to_be_visible()
    page.locator("#offer-starter").get_by_role("link", name="Mudar para este: Mensal").click()
    page.get_by_role("button", name="Confirmar").click()
    travel.to_renewal()
    sees(page, "Seu plano: Starter")
    assert travel.charges()[-1] == ("succeeded", 2900)
    page.locator("#ending summary").click()
    page.get_by_role("button", name="Cancelar no fim do período").click()
    expect(page.get_by_text("Termina em")).to_be_visible()
    page.get_by_role("button", name="Desfazer").click()
    expect(page.get_by_text("Renova em")).to_be_visible()
    page.locator("#ending summary").click()
    page.get_by_role("button", name="Cancelar no fim do período").click()
    travel.to_renewal()
    assert travel.subscription.status == "canceled"
    sees(page, "Seu plano: Sem plano")


def test_a_boleto_paid_two_days_later(open_as: Open, travel: Travel, ana: User) -> None:
    page = open_as(ana, PLAN)
    go_to_checkout(page)
    pay_by_boleto(page)
    checkout = Checkout.objects.of(travel.shop.company).get()
    travel.on(days=2)
    page.goto(f"{travel.settings.PUBLIC_URL}{PLAN}/retorno?checkout={checkout.pk}")
    expect(page.get_by_role("heading", name="Processando o pagamento")).to_be_visible()
    intent = travel.shop.api.payment_intents.list({}).data[0].id
    travel.shop.box.control(f"/payment_intents/{intent}/pay_boleto")
    travel.listen()
    sees(page, "Assinatura ativa")
    assert travel.charges() == [("succeeded", 2900)]
    assert Payment.objects.of(travel.shop.company).get().status == "succeeded"


def test_a_boleto_that_expired_lets_another_checkout_begin(open_as: Open, travel: Travel, ana: User) -> None:
    page = open_as(ana, PLAN)
    go_to_checkout(page)
    pay_by_boleto(page)
    checkout = Checkout.objects.of(travel.shop.company).get()
    travel.on(days=5)
    page.goto(f"{travel.settings.PUBLIC_URL}{PLAN}/retorno?checkout={checkout.pk}")
    expect(page.get_by_role("heading", name="O pagamento não foi concluído")).to_be_visible()
    page.get_by_role("link", name="Ver plano e cobrança").click()
    buy(page)
    expect(page.get_by_role("heading", name="Seu plano: Starter")).to_be_visible()
    assert travel.charges()[-1] == ("succeeded", 2900)


def test_a_dispute_won_and_a_dispute_lost_by_two_people_of_the_staff(
    open_as: Open, travel: Travel, ana: User
) -> None:
    buy(open_as(ana, PLAN))
    shop = travel.shop
    first, second = staff_person("olga@example.com"), staff_person("paulo@example.com")
    charge = Payment.objects.of(shop.company).get().charge_id
    shop.box.control(f"/charges/{charge}/dispute", reason="subscription_canceled")
    travel.listen()
    olga = open_as(first, "/operacao/contestacoes")
    olga.get_by_role("link", name="Padaria da Ana").click()
    expect(olga.get_by_text("diz que cancelou")).to_be_visible()
    receipt = {"name": "recibo.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 recibo"}
    olga.locator("#arquivo").set_input_files(receipt)  # type: ignore[arg-type]
    olga.get_by_role("button", name="Anexar").click()
    olga.locator("#uncategorized_text").fill("winning_evidence")
    olga.get_by_role("button", name="Guardar sem enviar").click()
    expect(olga.get_by_text("Outra pessoa da equipe precisa enviar.")).to_be_visible()
    expect(olga.get_by_role("button", name="Enviar ao banco")).to_have_count(0)
    paulo = open_as(second, olga.url.partition("/operacao")[1] + olga.url.partition("/operacao")[2])
    paulo.get_by_role("button", name="Enviar ao banco").click()
    travel.listen()
    sees(paulo, "ganha", "Enviou a defesa de uma contestação")
    assert Dispute.objects.of(shop.company).get().moved_cents == 0
    travel.to_renewal()
    charge = Payment.objects.of(shop.company).order_by("created_at").last().charge_id  # type: ignore[union-attr]
    shop.box.control(f"/charges/{charge}/dispute", reason="fraudulent")
    travel.listen()
    lost = Dispute.objects.of(shop.company).get(status="needs_response")
    paulo.goto(f"{travel.settings.PUBLIC_URL}/operacao/contestacoes/{lost.pk}")
    paulo.get_by_role("button", name="Propor aceitar a perda").click()
    expect(paulo.get_by_text("Outra pessoa da equipe precisa aceitar.")).to_be_visible()
    olga.goto(paulo.url)
    olga.get_by_role("button", name="Aceitar a perda").click()
    travel.listen()
    sees(olga, "perdida")
    assert travel.told().count("dispute_closed") == 2
    assert travel.subscription.status == "active"


def test_two_checkouts_in_two_tabs_buy_one_subscription(open_as: Open, travel: Travel, ana: User) -> None:
    first, second = open_as(ana, PLAN), open_as(ana, PLAN)
    go_to_checkout(first)
    go_to_checkout(second, "professional")
    fill_card(first)
    expect(first).not_to_have_url(re.compile("/assinatura/retorno"))
    fill_card(second)
    second.wait_for_url(re.compile("/assinatura/retorno"))
    travel.listen()
    first.goto(f"{travel.settings.PUBLIC_URL}{PLAN}")
    expect(first.get_by_role("heading", name="Seu plano: Professional")).to_be_visible()
    assert travel.charges() == [("succeeded", 7900)]
    assert [row.plan_id for row in Subscription.objects.of(travel.shop.company)] == ["professional"]
    assert sorted(Checkout.objects.of(travel.shop.company).values_list("status", flat=True)) == [
        "complete",
        "expired",
    ]
