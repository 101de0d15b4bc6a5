from tests.stripe_sandbox.box import Box


def confirmed(box: Box, card: str) -> dict:
    customer = box.customer(card=None)
    made = {"customer": customer["id"], "payment_method": card, "confirm": True}
    return box.api("POST", "/setup_intents", made).json()


def test_a_card_is_saved_for_later(box: Box) -> None:
    setup = confirmed(box, "pm_card_visa")
    assert setup["status"] == "succeeded"
    assert (
        box.get(f"/customers/{setup['customer']}/payment_methods")["data"][0]["id"] == setup["payment_method"]
    )
    assert box.types()[-2:] == ["payment_method.attached", "setup_intent.succeeded"]


def test_a_bank_may_refuse(box: Box) -> None:
    error = confirmed(box, "pm_card_visa_chargeDeclined")["error"]
    assert (error["code"], error["setup_intent"]["status"]) == ("card_declined", "requires_payment_method")
    assert box.types()[-1] == "setup_intent.setup_failed"


def test_a_card_saved_with_3d_secure_is_charged_later_without_it(box: Box) -> None:
    session = box.session(box.customer(card=None), subscription_data={"trial_period_days": 14})
    paid = box.control(f"/checkout/{session['id']}/pay", card="4000002500003155")
    assert paid["outcome"] == "requires_action"
    [setup] = box.get("/setup_intents")["data"]
    answer = box.form(f"/3ds/{setup['id']}", answer="yes")
    assert answer.headers["location"] == f"http://shop/ok?session={session['id']}"
    subscription = box.get(f"/subscriptions/{box.again(session)['subscription']}")
    box.advance(days=15)
    assert box.invoice(subscription)["status"] == "paid"


def test_not_authenticated_is_not_saved(box: Box) -> None:
    setup = confirmed(box, "pm_card_authenticationRequired")
    assert setup["status"] == "requires_action"
    box.form(f"/3ds/{setup['id']}", answer="no")
    assert box.again(setup)["last_setup_error"]["code"] == "payment_intent_authentication_failure"


def test_a_finished_setup_cannot_be_confirmed_again(box: Box) -> None:
    setup = confirmed(box, "pm_card_visa")
    assert (
        box.refused("POST", f"/setup_intents/{setup['id']}/confirm")["code"]
        == "setup_intent_unexpected_state"
    )
    empty = box.post("/setup_intents")
    assert box.refused("POST", f"/setup_intents/{empty['id']}/confirm")["param"] == "payment_method"
