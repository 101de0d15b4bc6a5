import pytest
from tests.stripe_sandbox.box import CPF, Box

CARD = {"method": "card", "expiry": "12/34", "cvc": "123", "name": "Ana"}


def unpaid(box: Box) -> dict:
    subscription = box.subscription(box.customer("pm_card_chargeCustomerFail"))
    return box.invoice(subscription)


def test_the_page_needs_its_secret(box: Box) -> None:
    invoice = unpaid(box)
    assert box.call("GET", f"/i/{invoice['id']}/guessed").status_code == 404
    page = box.call("GET", invoice["hosted_invoice_url"]).text
    assert "Em aberto" in page
    assert "Pagar R$\u00a079,00" in page


def test_it_is_paid_by_card(box: Box) -> None:
    invoice = unpaid(box)
    answer = box.form(invoice["hosted_invoice_url"], number="4242424242424242", **CARD)
    assert answer.status_code == 303
    page = box.call("GET", answer.headers["location"]).text
    assert "Paga" in page
    assert "<form" not in page
    assert box.form(invoice["hosted_invoice_url"], number="4242424242424242", **CARD).status_code == 303
    assert len(box.events("invoice.paid")) == 1


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"number": "4000000000009995"}, 402, "saldo suficiente"),
        ({"number": ""}, 400, "Preencha este campo"),
    ],
)
def test_what_goes_wrong_is_told(box: Box, typed: dict, status: int, words: str) -> None:
    answer = box.form(unpaid(box)["hosted_invoice_url"], **CARD, **typed)
    assert (answer.status_code, words in answer.text) == (status, True)


def test_it_leads_to_3d_secure_and_to_a_boleto(box: Box) -> None:
    first, second = unpaid(box), unpaid(box)
    secure = box.form(first["hosted_invoice_url"], number="4000002760003184", **CARD)
    assert secure.headers["location"].startswith("/3ds/pi_")
    boleto = box.form(second["hosted_invoice_url"], method="boleto", payer="Ana", tax_id=CPF)
    assert boleto.headers["location"].startswith("/boleto/pi_")
    assert "Ver boleto" in box.call("GET", second["hosted_invoice_url"]).text


def test_there_is_a_pdf(box: Box) -> None:
    pdf = box.call("GET", unpaid(box)["invoice_pdf"])
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert b"Fatura" in pdf.content
