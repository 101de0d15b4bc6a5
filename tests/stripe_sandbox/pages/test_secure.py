from tests.stripe_sandbox.box import CPF, Box


def boleto(box: Box) -> str:
    """The address of an open boleto."""
    session = box.session(box.customer(card=None))
    return box.form(f"/pay/{session['id']}", method="boleto", payer="Ana", tax_id=CPF).headers["location"]


def test_a_boleto_shows_its_line_its_day_and_its_pdf(box: Box) -> None:
    address = boleto(box)
    page = box.call("GET", address).text
    assert "R$\u00a079,00" in page
    assert "Pague até 28/11/2026" in page
    pdf = box.call("GET", address.partition("?")[0] + "/pdf")
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_bank_can_be_played(box: Box) -> None:
    address = boleto(box)
    box.form(address, answer="paid")
    assert "Boleto pago" in box.call("GET", address).text
    assert box.get("/subscriptions")["data"][0]["status"] == "active"
    other = boleto(box)
    box.form(other, answer="expired")
    assert "não vale mais" in box.call("GET", other).text


def test_a_question_that_was_answered_is_not_asked_again(box: Box) -> None:
    customer = box.customer("pm_card_authenticationRequired")
    subscription = box.subscription(customer)
    payment = box.get("/invoice_payments", invoice=subscription["latest_invoice"])["data"][0]
    address = f"/3ds/{payment['payment']['payment_intent']}"
    answer = box.form(address, answer="yes")
    assert answer.headers["location"].startswith("http://box/i/in_")
    assert box.again(subscription)["status"] == "active"
    assert "Tudo certo" in box.call("GET", address).text
    assert box.form(address, answer="yes").status_code == 400
