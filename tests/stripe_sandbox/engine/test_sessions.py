from tests.stripe_sandbox.box import CPF, Box


def waiting(box: Box) -> tuple[dict, dict]:
    """(session, intent) of a checkout whose boleto is open."""
    session = box.session(box.customer(card=None))
    paid = box.control(f"/checkout/{session['id']}/pay", boleto=CPF)
    [intent] = box.get("/payment_intents")["data"]
    assert paid["session"]["payment_status"] == "unpaid"
    return paid["session"], intent


def test_a_paid_boleto_tells_its_session_and_activates(box: Box) -> None:
    session, intent = waiting(box)
    subscription = box.get(f"/subscriptions/{session['subscription']}")
    assert subscription["status"] == "incomplete"
    box.advance(days=2)
    box.control(f"/payment_intents/{intent['id']}/pay_boleto")
    assert box.again(session)["payment_status"] == "paid"
    assert box.again(subscription)["status"] == "active"
    assert box.types()[-1] == "checkout.session.async_payment_succeeded"


def test_an_expired_boleto_tells_its_session_and_the_subscription_never_begins(box: Box) -> None:
    session, _ = waiting(box)
    box.advance(days=5)
    assert "checkout.session.async_payment_failed" in box.types()
    assert box.get(f"/subscriptions/{session['subscription']}")["status"] == "incomplete_expired"
    assert box.get(f"/invoices/{session['invoice']}")["status"] == "void"
