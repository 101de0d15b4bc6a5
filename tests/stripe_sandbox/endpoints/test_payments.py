from tests.stripe_sandbox.box import Box


def test_an_intent_is_made_confirmed_and_not_twice(box: Box) -> None:
    intent = box.post("/payment_intents", amount=500, currency="brl", payment_method="pm_card_visa")
    assert intent["status"] == "requires_confirmation"
    assert box.post(f"/payment_intents/{intent['id']}/confirm")["status"] == "succeeded"
    assert (
        box.refused("POST", f"/payment_intents/{intent['id']}/confirm")["code"]
        == "payment_intent_unexpected_state"
    )
    empty = box.post("/payment_intents", amount=500, currency="brl")
    assert (
        "missing a payment method"
        in box.refused("POST", f"/payment_intents/{empty['id']}/confirm")["message"]
    )
    assert box.refused("POST", "/payment_intents", amount=0, currency="brl")["param"] == "amount"


def test_a_refund_is_cancelled_only_while_it_is_pending(box: Box) -> None:
    intent = box.post(
        "/payment_intents", amount=500, currency="brl", payment_method="pm_card_pendingRefund", confirm=True
    )
    refund = box.post("/refunds", payment_intent=intent["id"])
    assert box.post(f"/refunds/{refund['id']}/cancel")["status"] == "canceled"
    assert box.refused("POST", f"/refunds/{refund['id']}/cancel")["param"] == "id"
    assert box.post(f"/refunds/{refund['id']}", metadata={"a": "1"})["metadata"] == {"a": "1"}


def test_an_intent_without_a_charge_is_not_refunded(box: Box) -> None:
    intent = box.post("/payment_intents", amount=500, currency="brl")
    assert (
        box.refused("POST", "/refunds", payment_intent=intent["id"])["code"]
        == "payment_intent_unexpected_state"
    )


def test_a_note_on_a_paid_invoice_is_not_voided(box: Box) -> None:
    box.subscription(box.customer("pm_card_chargeCustomerFail"))
    unpaid = box.get("/invoices")["data"][0]
    note = box.post("/credit_notes", invoice=unpaid["id"], amount=900)
    assert (note["type"], box.again(unpaid)["amount_remaining"]) == ("pre_payment", 7000)
    assert box.post(f"/credit_notes/{note['id']}", memo="sorry")["memo"] == "sorry"
    assert box.post(f"/credit_notes/{note['id']}/void")["status"] == "void"
    assert box.refused("POST", f"/credit_notes/{note['id']}/void")["param"] == "id"


def test_the_balance_is_what_is_left_after_fees(box: Box) -> None:
    box.subscription()
    box.advance(2)
    assert box.get("/balance")["pending"][0]["amount"] == 7546
    assert box.get("/balance_transactions", type="charge")["data"][0]["net"] == 7546


def test_a_charge_can_be_described(box: Box) -> None:
    customer = box.customer()
    box.subscription(customer)
    charge = box.charge(customer)
    assert box.post(f"/charges/{charge['id']}", description="x")["description"] == "x"
