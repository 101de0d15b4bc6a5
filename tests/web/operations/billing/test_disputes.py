"""A dispute from the list to its end: evidence by one person of the staff, sent or given up by a second one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.operations.billing.reading import DISPUTES, text_of, told

from financehub.audit.models import AuditLog
from financehub.billing.models import Dispute, Payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(shop):
    shop.buy()
    charge = Payment.objects.of(shop.company).get().charge_id
    shop.box.control(f"/charges/{charge}/dispute", reason="subscription_canceled")
    shop.hear()
    return f"{DISPUTES}/{Dispute.objects.of(shop.company).get().pk}"


def at_stripe(shop):
    return shop.api.disputes.list({}).data[0]


def seen(browser, page):
    """The hidden mark of what this person looks at."""
    text = text_of(browser, page)
    return text.partition('name="visto" value="')[2].partition('"')[0]


def test_the_list_is_filtered_and_shows_the_deadline(staff, page, shop):
    text = text_of(staff, DISPUTES, situacao="answerable")
    assert "diz que cancelou" in text
    assert "Responder até" in text
    assert "Padaria da Ana" not in text_of(staff, DISPUTES, situacao="closed")


def test_evidence_of_one_person_is_sent_by_another(staff, second, operator, colleague, page, shop):
    file = SimpleUploadedFile("recibo.pdf", b"%PDF-1.7")
    assert "ainda não enviado" in told(staff, f"{page}/arquivo", campo="receipt", arquivo=file)
    assert "ainda não enviado" in told(staff, f"{page}/textos", product_description="Finance Hub")
    assert at_stripe(shop).evidence_details.submission_count == 0
    assert "Outra pessoa da equipe precisa enviar." in text_of(staff, page)
    assert "Quem preparou não envia" in told(staff, f"{page}/enviar", visto=str(seen(second, page)))
    assert at_stripe(shop).status == "needs_response"
    assert "Defesa enviada ao banco." in told(second, f"{page}/enviar", visto=seen(second, page))
    assert (at_stripe(shop).status, at_stripe(shop).evidence.product_description) == (
        "under_review",
        "Finance Hub",
    )
    text = text_of(second, page)
    for words in ("recibo.pdf", "em análise no banco", "Olga", "Paulo", "Enviou a defesa"):
        assert words in text
    rows = AuditLog.objects.filter(action__in=["billing.evidence_staged", "billing.evidence_submitted"])
    assert [row.actor_id for row in rows.order_by("created_at")] == [operator.pk, operator.pk, colleague.pk]


def test_what_changed_after_the_look_is_not_sent(staff, second, page, shop):
    told(staff, f"{page}/textos", product_description="one")
    old = seen(second, page)
    told(staff, f"{page}/textos", product_description="two")
    assert "Confira de novo" in told(second, f"{page}/enviar", visto=old)
    assert "Confira de novo" in told(second, f"{page}/enviar", visto="nonsense")
    assert at_stripe(shop).status == "needs_response"


def test_a_loss_is_taken_by_two(staff, second, page, shop):
    assert "Proposto" in told(staff, f"{page}/propor")
    assert "Quem preparou não envia" in told(staff, f"{page}/aceitar")
    assert at_stripe(shop).status == "needs_response"
    assert "Perda aceita." in told(second, f"{page}/aceitar")
    assert at_stripe(shop).status == "lost"
    assert "perdida" in text_of(staff, page)


@pytest.mark.parametrize("name", ["recibo.exe", ""])
def test_a_wrong_file_is_refused(staff, page, shop, name):
    form = {"campo": "receipt"}
    if name:
        form["arquivo"] = SimpleUploadedFile(name, b"MZ")
    assert "não é PDF, PNG ou JPEG" in told(staff, f"{page}/arquivo", **form)
    assert shop.api.files.list({}).data == []
