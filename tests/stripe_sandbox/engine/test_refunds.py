from tests.stripe_sandbox.box import CPF, Box


def charged(box: Box, card: str = "pm_card_visa") -> dict:
    customer = box.customer(card)
    box.subscription(customer)
    return box.charge(customer)


def test_part_and_the_rest(box: Box) -> None:
    charge = charged(box)
    box.post("/refunds", payment_intent=charge["payment_intent"], amount=2900, metadata={"refund_id": "r1"})
    assert (box.again(charge)["amount_refunded"], box.again(charge)["refunded"]) == (2900, False)
    box.post("/refunds", charge=charge["id"])
    assert (box.again(charge)["amount_refunded"], box.again(charge)["refunded"]) == (7900, True)
    assert box.refused("POST", "/refunds", charge=charge["id"])["code"] == "charge_already_refunded"


def test_never_more_than_there_is(box: Box) -> None:
    charge = charged(box)
    assert (
        "greater than unrefunded amount"
        in box.refused("POST", "/refunds", charge=charge["id"], amount=7901)["message"]
    )
    assert box.refused("POST", "/refunds", charge=charge["id"], amount=0)["param"] == "amount"


def test_a_refund_is_told_and_the_invoice_stays_paid(box: Box) -> None:
    charge = charged(box)
    box.post("/refunds", charge=charge["id"])
    assert box.types()[-3:] == ["refund.created", "charge.refunded", "refund.updated"]
    assert box.get("/invoices")["data"][0]["status"] == "paid"


def test_a_refund_may_fail_after_it_succeeded(box: Box) -> None:
    charge = charged(box, "pm_card_refundFail")
    refund = box.post("/refunds", charge=charge["id"])
    assert refund["status"] == "succeeded"
    box.advance(60)
    failed = box.again(refund)
    assert (failed["status"], failed["failure_reason"]) == ("failed", "expired_or_canceled_card")
    assert box.again(charge)["amount_refunded"] == 0
    assert box.types()[-1] == "refund.failed"


def test_a_refund_may_be_slow(box: Box) -> None:
    charge = charged(box, "pm_card_pendingRefund")
    refund = box.post("/refunds", charge=charge["id"])
    assert refund["status"] == "pending"
    box.advance(60)
    assert box.again(refund)["status"] == "succeeded"


def test_a_boleto_cannot_be_refunded(box: Box) -> None:
    session = box.session(box.customer(card=None))
    box.control(f"/checkout/{session['id']}/pay", boleto=CPF)
    [intent] = box.get("/payment_intents")["data"]
    box.control(f"/payment_intents/{intent['id']}/pay_boleto")
    assert box.refused("POST", "/refunds", payment_intent=intent["id"])["code"] == "charge_not_refundable"


def test_a_credit_note_refunds_and_stays_tied_to_the_invoice(box: Box) -> None:
    charge = charged(box)
    invoice = box.get("/invoices")["data"][0]
    note = box.post("/credit_notes", invoice=invoice["id"], amount=2900, refund_amount=2900)
    assert (note["type"], note["refunds"][0]["amount_refunded"]) == ("post_payment", 2900)
    assert box.again(charge)["amount_refunded"] == 2900
    assert box.again(invoice)["post_payment_credit_notes_amount"] == 2900
    assert box.refused("POST", "/credit_notes", invoice=invoice["id"], amount=9000)["param"] == "amount"


def test_a_credit_note_may_give_credit(box: Box) -> None:
    charged(box)
    invoice = box.get("/invoices")["data"][0]
    box.post("/credit_notes", invoice=invoice["id"], credit_amount=1000)
    assert box.get(f"/customers/{invoice['customer']}")["balance"] == -1000
