"""Subscriptions of every company, their money and story, and giving a payment back."""

import pytest
from tests.web.operations.billing.reading import SUBSCRIPTIONS, text_of, told

from financehub.audit.models import AuditLog
from financehub.billing.models import Payment, Refund, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(shop):
    row = shop.buy("professional", "monthly")
    return f"{SUBSCRIPTIONS}/{row.pk}"


def refund_page():
    return f"/operacao/pagamentos/{Payment.objects.across_companies().get().pk}/devolver"


def test_the_list_is_filtered_by_state_plan_and_company(staff, page):
    assert "Padaria da Ana" in text_of(staff, SUBSCRIPTIONS, situacao="active", plano="professional")
    assert "Padaria da Ana" in text_of(staff, SUBSCRIPTIONS, busca="padaria")
    stripe_id = Subscription.objects.across_companies().get().stripe_id
    assert "Padaria da Ana" in text_of(staff, SUBSCRIPTIONS, busca=stripe_id)
    for query in ({"situacao": "past_due"}, {"plano": "starter"}, {"busca": "Oficina"}):
        assert "Padaria da Ana" not in text_of(staff, SUBSCRIPTIONS, **query)


def test_one_shows_plan_invoice_payment_credit_note_document_and_story(staff, page, shop):
    row = Subscription.objects.across_companies().get()
    shop.api.credit_notes.create({"invoice": row.latest_invoice_id, "refund_amount": 900})
    customer = shop.api.customers.list({}).data[0].id
    shop.api.customers.tax_ids.create(customer, {"type": "br_cpf", "value": "529.982.247-25"})
    shop.hear()
    text = text_of(staff, page)
    for words in (
        "Professional, mensal",
        "R$ 79,00",
        "4242",
        "-CN-01",
        "R$ 9,00",
        "…4725",
        "Um reembolso mudou",
        "A assinatura mudou",
    ):
        assert words in text
    assert "52998224725" not in text


def test_a_part_and_then_the_rest_is_given_back_by_a_person_of_the_staff(staff, operator, page, shop):
    assert "Devolução pedida." in told(staff, refund_page(), valor="10,00", motivo="requested_by_customer")
    assert "R$ 69,00" in text_of(staff, page)
    assert "mais do que resta" in told(staff, refund_page(), valor="69,01", motivo="duplicate")
    assert "1.234,56" in told(staff, refund_page(), valor="dez", motivo="duplicate")
    told(staff, refund_page(), valor="", motivo="duplicate")
    rows = Refund.objects.of(shop.company).order_by("created_at")
    assert sorted((row.amount_cents, row.reason) for row in rows) == [
        (1000, "requested_by_customer"),
        (6900, "duplicate"),
    ]
    assert "não pode ser devolvido" in told(staff, refund_page(), motivo="duplicate")
    asked = AuditLog.objects.filter(action="billing.refund_asked")
    assert {row.actor_id for row in asked} == {operator.pk}


def test_a_refund_that_failed_after_success_is_shown_and_is_a_task(staff, page, shop):
    told(staff, refund_page(), motivo="requested_by_customer")
    shop.box.control(f"/refunds/{Refund.objects.of(shop.company).get().stripe_id}/fail")
    shop.hear()
    text = text_of(staff, page)
    assert "voltou: o cliente não recebeu" in text
    assert "expired_or_canceled_card" in text
    assert "Devolução que voltou" in text_of(staff, "/operacao/contestacoes")


def test_an_owner_gives_nothing_back(ana_browser, page, shop):
    assert ana_browser.post(refund_page(), {"motivo": "duplicate"}).status_code == 404
    assert not Refund.objects.of(shop.company).exists()


def test_speaks_english(staff, page):
    staff.post("/idioma/", {"language": "en"})
    assert "What happened" in text_of(staff, page)
