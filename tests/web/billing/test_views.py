"""The pages about plan and payment: what they say, who may see them, and what each button does."""

from datetime import timedelta

import pytest
from tests.billing.conftest import moving_shop, shop  # noqa: F401 - fixtures
from tests.billing.promotions import make_code
from tests.builders import make_account, make_member
from tests.people import signed_in
from tests.web.reading import text_of

from financehub.billing.models import Checkout, Customer, DunningCase, Subscription
from financehub.companies.models import ApiKey, Company, Invitation, Role
from financehub.core import clock

pytestmark = pytest.mark.django_db
PAGE = "/assinatura"


class TestThePlanPage:
    def test_says_that_nothing_is_sold_without_a_key(self, ana_browser, settings):
        settings.STRIPE_SECRET_KEY = ""
        text = text_of(ana_browser.get(PAGE))
        assert "Esta instalação é própria: nada é cobrado e tudo está liberado." in text
        assert "Assinar" not in text

    def test_shows_the_trial_and_the_plans(self, ana_browser, shop):  # noqa: F811
        text = text_of(ana_browser.get(PAGE))
        assert "Seu plano: Teste em teste 14 dias de teste" in text
        assert "R$\xa029,00" in text or "R$ 29,00" in text
        assert "Contas de bancos 0 de 10" in text

    def test_shows_what_is_left_when_the_trial_is_over(self, ana_browser, shop):  # noqa: F811
        Company.objects.update(created_at=clock.now() - timedelta(days=15))
        text = text_of(ana_browser.get(PAGE))
        assert "Seu plano: Sem plano encerrada" in text
        assert "Escolha um plano para conectar e sincronizar." in text

    def test_shows_subscription_card_and_invoice(self, ana_browser, shop):  # noqa: F811
        shop.buy("professional", "monthly")
        text = text_of(ana_browser.get(PAGE))
        assert "Seu plano: Professional ativa" in text
        assert "Renova em" in text
        assert "paga PDF" in text

    def test_is_for_who_manages_the_money(self, bruno_browser, shop):  # noqa: F811
        assert bruno_browser.get(PAGE).status_code == 403
        assert (
            bruno_browser.post(f"{PAGE}/assinar", {"plan": "starter", "period": "monthly"}).status_code == 403
        )

    def test_is_english_for_who_reads_english(self, ana, shop):  # noqa: F811
        ana.language = "en"
        ana.save()
        browser = signed_in(ana)
        browser.post("/idioma/", {"language": "en", "next": "/"})
        assert "Your plan: Trial on trial" in text_of(browser.get(PAGE))


class TestBuying:
    def test_goes_on_to_stripe_without_a_form_that_leaves(self, ana_browser, shop):  # noqa: F811
        answer = ana_browser.post(f"{PAGE}/assinar", {"plan": "starter", "period": "yearly"})
        assert answer.status_code == 200
        assert answer.headers["Refresh"].startswith(f"0; url={shop.box.url}/pay/cs_test_")
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_says_why_not(self, ana_browser, shop):  # noqa: F811
        answer = ana_browser.post(f"{PAGE}/assinar", {"plan": "gold", "period": "yearly"}, follow=True)
        assert "Este plano não existe." in text_of(answer)

    def test_comes_back_to_processing_and_then_to_thanks(self, ana_browser, shop):  # noqa: F811
        checkout = shop.checkout()
        address = f"{PAGE}/retorno?checkout={checkout.pk}"
        assert "Processando o pagamento" in text_of(ana_browser.get(address))
        shop.pay(checkout)
        shop.hear()
        assert "Assinatura ativa" in text_of(ana_browser.get(address))

    def test_needs_no_webhook_to_be_seen(self, ana_browser, shop):  # noqa: F811
        checkout = shop.checkout()
        shop.pay(checkout)
        text = text_of(ana_browser.get(f"{PAGE}/retorno?checkout={checkout.pk}"))
        assert "Assinatura ativa" in text
        assert Subscription.objects.of(shop.company).get().status == "active"

    def test_thanks_an_admin_who_bought_by_the_api_and_shows_no_more(self, shop):  # noqa: F811
        admin = signed_in(make_member(company=shop.company, role=Role.ADMIN).user)
        checkout = shop.checkout()
        shop.pay(checkout)
        text = text_of(admin.get(f"{PAGE}/retorno?checkout={checkout.pk}"))
        assert "Assinatura ativa" in text
        assert f'href="{PAGE}"' not in text
        assert admin.get(PAGE).status_code == 403

    def test_shows_nothing_of_another_company(self, carla_browser, shop):  # noqa: F811
        checkout = shop.checkout()
        assert carla_browser.get(f"{PAGE}/retorno?checkout={checkout.pk}").status_code == 404


class TestChanging:
    def test_shows_the_price_first(self, ana_browser, shop):  # noqa: F811
        shop.buy("starter", "monthly")
        text = text_of(ana_browser.get(f"{PAGE}/mudar?plan=professional&period=monthly"))
        assert "A mudança vale agora. Cobrado agora: R$\xa050,00" in text or "R$ 50,00" in text
        answer = ana_browser.post(
            f"{PAGE}/mudar/confirmar", {"plan": "professional", "period": "monthly"}, follow=True
        )
        assert "Plano trocado." in text_of(answer)
        assert Subscription.objects.of(shop.company).get().plan_id == "professional"

    def test_tells_before_what_becomes_read_only(self, ana_browser, shop):  # noqa: F811
        shop.buy("professional", "monthly")
        for _ in range(4):
            make_account(company=shop.company)
        text = text_of(ana_browser.get(f"{PAGE}/mudar?plan=starter&period=monthly"))
        assert "Contas de bancos: 4 de 3" in text

    def test_cancels_and_takes_it_back(self, ana_browser, shop):  # noqa: F811
        shop.buy()
        text = text_of(ana_browser.post(f"{PAGE}/cancelar", follow=True))
        assert "A assinatura termina no fim do período." in text
        assert "Termina em" in text
        assert "A assinatura continua." in text_of(ana_browser.post(f"{PAGE}/manter", follow=True))
        assert Subscription.objects.of(shop.company).get().ends_at is None


class TestPaying:
    def test_leads_to_the_unpaid_invoice_and_shows_the_days(self, ana_browser, moving_shop):  # noqa: F811
        moving_shop.buy()
        customer = Customer.objects.of(moving_shop.company).get().stripe_id
        moving_shop.box.control("/outcomes", of=customer, outcomes=["insufficient_funds"])
        moving_shop.pass_time(days=31)
        moving_shop.pass_time(seconds=7200)
        DunningCase.objects.of(moving_shop.company).update(first_failed_at=clock.now() - timedelta(days=5))
        text = text_of(ana_browser.get(PAGE))
        assert "O pagamento da renovação falhou" in text
        assert "Dias restantes: 9" in text
        assert moving_shop.box.url in ana_browser.post(f"{PAGE}/pagar").headers["Refresh"]

    def test_opens_the_portal_for_the_card(self, ana_browser, shop):  # noqa: F811
        shop.buy()
        answer = ana_browser.post(f"{PAGE}/portal", {"flow": "card"})
        assert "/p/session/" in answer.headers["Refresh"]

    def test_takes_a_document_that_is_one(self, ana_browser, shop):  # noqa: F811
        wrong = ana_browser.post(f"{PAGE}/documento", {"document": "123"}, follow=True)
        assert "Este CPF ou CNPJ não é válido." in text_of(wrong)
        right = ana_browser.post(f"{PAGE}/documento", {"document": "529.982.247-25"}, follow=True)
        assert "Documento incluído nas próximas faturas." in text_of(right)
        customer = Customer.objects.of(shop.company).get().stripe_id
        kept = shop.api.customers.tax_ids.list(customer).data
        assert [(one.type, one.value) for one in kept] == [("br_cpf", "52998224725")]


def test_no_page_keeps_an_open_checkout_alone(shop, ana_browser):  # noqa: F811
    ana_browser.post(f"{PAGE}/assinar", {"plan": "starter", "period": "monthly"})
    ana_browser.post(f"{PAGE}/assinar", {"plan": "enterprise", "period": "monthly"})
    assert Checkout.objects.of(shop.company).filter(status="open").get().plan_id == "enterprise"


class TestTheLimitsOfAPlan:
    def test_end_invitations_and_keys(self, ana_browser, shop):  # noqa: F811
        shop.buy("starter", "monthly")
        for number in range(2):
            ana_browser.post("/empresa/chaves/", {"name": f"k{number}", "scopes": ["read"]})
            ana_browser.post("/empresa/convites/", {"email": f"p{number}@example.com", "role": "viewer"})
        for address, asked in (
            ("/empresa/chaves/", {"name": "k3", "scopes": ["read"]}),
            ("/empresa/convites/", {"email": "p3@example.com", "role": "viewer"}),
        ):
            answer = ana_browser.post(address, asked, follow=True)
            assert "O plano Professional permite." in text_of(answer, status=403)
        assert ApiKey.objects.of(shop.company).count() == 2
        assert Invitation.objects.of(shop.company).count() == 2


class TestACode:
    def test_is_used_on_the_subscription_and_shown(self, ana_browser, shop):  # noqa: F811
        shop.buy()
        make_code(shop, "METADE", percent_off=50, duration="forever")
        text = text_of(ana_browser.post(f"{PAGE}/codigo", {"code": "metade"}, follow=True))
        assert "Código usado: vale nas próximas faturas." in text
        assert "Desconto: METADE" in text
        refused = text_of(ana_browser.post(f"{PAGE}/codigo", {"code": "NADA"}, follow=True))
        assert "Este código não existe" in refused

    def test_is_not_for_who_may_only_read(self, bruno_browser, shop):  # noqa: F811
        assert bruno_browser.post(f"{PAGE}/codigo", {"code": "X"}).status_code == 403


def test_a_credit_note_and_the_document_are_shown(ana_browser, shop):  # noqa: F811
    row = shop.buy()
    shop.api.credit_notes.create({"invoice": row.latest_invoice_id, "refund_amount": 900})
    shop.hear()
    text = text_of(ana_browser.post(f"{PAGE}/documento", {"document": "12.ABC.345/01DE-35"}, follow=True))
    assert "-CN-01: -R$ 9,00" in text
    assert "documento com final …DE35" in text
