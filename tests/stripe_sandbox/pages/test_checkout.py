import pytest
from tests.stripe_sandbox.box import CPF, Box

CARD = {"method": "card", "expiry": "12/34", "cvc": "123", "name": "Ana"}
GOOD, DECLINED, SECURE = "4242424242424242", "4000000000000002", "4000002760003184"


def test_the_page_says_what_and_how_much(box: Box) -> None:
    page = box.call("GET", f"/pay/{box.session(box.customer(card=None))['id']}")
    assert page.status_code == 200
    assert "Assinar Professional" in page.text
    assert "R$\u00a079,00" in page.text
    assert 'href="http://shop/plans"' in page.text


def test_it_speaks_english_too(box: Box) -> None:
    session = box.session(box.customer(card=None), subscription_data={"trial_period_days": 14}, locale="en")
    page = box.call("GET", f"/pay/{session['id']}")
    assert "Start trial" in page.text
    assert "14 days free, then R$79.00 per month" in page.text


def test_a_good_card_goes_to_the_success_address(box: Box) -> None:
    session = box.session(box.customer(card=None))
    answer = box.form(f"/pay/{session['id']}", number=GOOD, **CARD)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"http://shop/ok?session={session['id']}",
    )
    assert box.again(session)["payment_status"] == "paid"
    assert "Este pagamento já foi concluído" in box.call("GET", f"/pay/{session['id']}").text
    assert "Este pagamento já foi concluído" in box.form(f"/pay/{session['id']}", number=GOOD, **CARD).text


def test_a_declined_card_can_be_tried_again(box: Box) -> None:
    session = box.session(box.customer(card=None))
    answer = box.form(f"/pay/{session['id']}", number=DECLINED, **CARD)
    assert answer.status_code == 402
    assert "O cartão foi recusado" in answer.text
    assert box.form(f"/pay/{session['id']}", number=GOOD, **CARD).status_code == 303


def test_a_card_that_cannot_be_saved_is_told_on_the_page(box: Box) -> None:
    session = box.session(box.customer(card=None), subscription_data={"trial_period_days": 14})
    answer = box.form(f"/pay/{session['id']}", number=DECLINED, **CARD)
    assert (answer.status_code, "O cartão foi recusado" in answer.text) == (402, True)


def test_an_incomplete_form_is_shown_again(box: Box) -> None:
    answer = box.form(f"/pay/{box.session()['id']}", number=GOOD, **CARD)
    assert (answer.status_code, "email-error" in answer.text) == (400, True)


@pytest.mark.parametrize(("says", "way"), [("yes", "http://shop/ok"), ("no", "/pay/")])
def test_3d_secure_leads_back(box: Box, says: str, way: str) -> None:
    session = box.session(box.customer(card=None))
    secure = box.form(f"/pay/{session['id']}", number=SECURE, **CARD).headers["location"]
    assert "Seu banco quer confirmar" in box.call("GET", secure).text
    answer = box.form(secure, answer=says)
    assert answer.headers["location"].startswith(way)
    if says == "no":
        assert "O banco não confirmou" in box.call("GET", answer.headers["location"]).text


def test_a_boleto_is_shown_after(box: Box) -> None:
    session = box.session(box.customer(card=None))
    answer = box.form(f"/pay/{session['id']}", method="boleto", payer="Ana", tax_id=CPF)
    assert answer.headers["location"].startswith("/boleto/pi_")
    assert box.again(session)["payment_status"] == "unpaid"


def test_a_promotion_code_changes_the_total(box: Box) -> None:
    coupon = box.post("/coupons", percent_off=10, duration="once")
    box.post("/promotion_codes", promotion={"type": "coupon", "coupon": coupon["id"]}, code="DEZ")
    session = box.session(box.customer(card=None), allow_promotion_codes=True)
    assert "Este código não é válido" in box.form(f"/pay/{session['id']}", promotion="NADA", apply="1").text
    box.form(f"/pay/{session['id']}", promotion="dez", apply="1")
    assert "R$\u00a071,10" in box.call("GET", f"/pay/{session['id']}").text


def test_an_expired_session_says_so(box: Box) -> None:
    session = box.session()
    box.post(f"/checkout/sessions/{session['id']}/expire")
    page = box.call("GET", f"/pay/{session['id']}")
    assert "Este link não está mais ativo" in page.text
    assert 'href="http://shop/plans"' in page.text
