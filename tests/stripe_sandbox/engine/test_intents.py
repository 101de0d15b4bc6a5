from tests.stripe_sandbox.box import CPF, DAY, NOON, Box

from stripe_sandbox.engine.intents import declined_error, voucher_expiry


def pay(box: Box, card: str, **more) -> dict:
    return box.api(
        "POST",
        "/payment_intents",
        {"amount": 5000, "currency": "brl", "payment_method": card, "confirm": True, **more},
    ).json()


class TestAnAttempt:
    def test_that_is_approved_leaves_a_paid_charge(self, box: Box) -> None:
        intent = pay(box, "pm_card_visa")
        charge = box.get(f"/charges/{intent['latest_charge']}")
        assert (intent["status"], intent["amount_received"]) == ("succeeded", 5000)
        assert (charge["paid"], charge["payment_method_details"]["card"]["last4"]) == (True, "4242")
        assert box.types() == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]

    def test_that_is_declined_says_why_and_waits_for_another_method(self, box: Box) -> None:
        error = pay(box, "pm_card_visa_chargeDeclinedInsufficientFunds")["error"]
        assert (error["code"], error["decline_code"], error["advice_code"]) == (
            "card_declined",
            "insufficient_funds",
            "try_again_later",
        )
        intent = error["payment_intent"]
        assert (intent["status"], intent["payment_method"]) == ("requires_payment_method", None)
        assert box.types()[-2:] == ["charge.failed", "payment_intent.payment_failed"]
        assert declined_error(intent).more["decline_code"] == "insufficient_funds"

    def test_that_needs_3d_secure_waits_for_the_person(self, box: Box) -> None:
        intent = pay(box, "pm_card_authenticationRequired")
        assert (intent["status"], intent["next_action"]["type"]) == ("requires_action", "redirect_to_url")
        box.control(f"/payment_intents/{intent['id']}/authenticate")
        assert box.again(intent)["status"] == "succeeded"
        charge = box.get(f"/charges/{box.again(intent)['latest_charge']}")
        assert charge["payment_method_details"]["card"]["three_d_secure"]["result"] == "authenticated"

    def test_after_which_the_bank_may_still_decline(self, box: Box) -> None:
        intent = pay(box, "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds")
        box.control(f"/payment_intents/{intent['id']}/authenticate")
        assert box.again(intent)["last_payment_error"]["decline_code"] == "insufficient_funds"

    def test_that_is_not_authenticated_fails(self, box: Box) -> None:
        intent = pay(box, "pm_card_authenticationRequired")
        box.control(f"/payment_intents/{intent['id']}/refuse")
        assert box.again(intent)["last_payment_error"]["code"] == "payment_intent_authentication_failure"


def test_a_boleto_is_valid_until_the_last_second_of_its_last_day_in_sao_paulo(box: Box) -> None:
    method = box.post("/payment_methods", type="boleto", boleto={"tax_id": CPF})
    intent = pay(box, method["id"], payment_method_options={"boleto": {"expires_after_days": 2}})
    expires = voucher_expiry(intent)
    # NOON is 09:00 in Sao Paulo; two days later the day ends at 02:59:59 UTC of the third.
    assert expires == NOON - 12 * 3600 + 3 * 3600 + 3 * DAY - 1
    assert len(intent["next_action"]["boleto_display_details"]["number"]) == 47
    box.advance(days=3)
    assert box.again(intent)["last_payment_error"]["code"] == "payment_intent_payment_attempt_expired"


def test_a_cancelled_intent_is_over(box: Box) -> None:
    intent = box.post("/payment_intents", amount=100, currency="brl")
    box.post(f"/payment_intents/{intent['id']}/cancel", cancellation_reason="abandoned")
    assert box.types()[-1] == "payment_intent.canceled"
    assert (
        box.refused("POST", f"/payment_intents/{intent['id']}/cancel")["code"]
        == "payment_intent_unexpected_state"
    )
