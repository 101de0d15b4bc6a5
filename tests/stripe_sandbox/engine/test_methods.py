import pytest
from tests.stripe_sandbox.box import CPF, Box

from stripe_sandbox.engine.methods import default_method, find_method, test_card, token_card
from stripe_sandbox.errors import InvalidRequest

card_behind = test_card  # pytest would take the rule itself for a test
del test_card


def test_a_card_shows_its_last_digits_and_never_its_number(box: Box) -> None:
    made = box.post(
        "/payment_methods", type="card", card={"number": "5555555555554444", "exp_month": 3, "exp_year": 29}
    )
    assert (made["card"]["brand"], made["card"]["last4"], made["card"]["exp_year"]) == (
        "mastercard",
        "4444",
        2029,
    )
    assert "5555555555554444" not in str(made)
    assert card_behind(box.world, made).token == "pm_card_mastercard"


def test_a_boleto_needs_a_document(box: Box) -> None:
    made = box.post("/payment_methods", type="boleto", boleto={"tax_id": CPF})
    assert made["boleto"] == {"tax_id": CPF}
    assert card_behind(box.world, made) is None
    error = box.refused("POST", "/payment_methods", type="boleto", boleto={"tax_id": "123"})
    assert error["code"] == "tax_id_invalid"


def test_other_methods_are_not_enabled(box: Box) -> None:
    assert box.refused("POST", "/payment_methods", type="pix")["param"] == "type"


def test_tokens_stand_for_test_cards(box: Box) -> None:
    assert token_card("tok_visa", "x").number == "4242424242424242"
    assert find_method(box.world, "pm_card_amex")["card"]["brand"] == "amex"
    with pytest.raises(InvalidRequest):
        token_card("tok_nothing", "x")


def test_a_bank_may_refuse_to_let_a_card_be_saved(box: Box) -> None:
    customer = box.customer(card=None)
    error = box.refused(
        "POST", "/payment_methods/pm_card_visa_chargeDeclined/attach", customer=customer["id"]
    )
    assert (error["status"], error["code"]) == (402, "card_declined")
    box.post("/payment_methods/pm_card_chargeCustomerFail/attach", customer=customer["id"])


def test_detaching_clears_every_default(box: Box) -> None:
    customer = box.customer()
    [method] = box.get("/payment_methods", customer=customer["id"])["data"]
    subscription = box.subscription(customer, default_payment_method=method["id"])
    box.post(f"/payment_methods/{method['id']}/detach")
    assert box.again(subscription)["default_payment_method"] is None
    assert box.again(customer)["invoice_settings"]["default_payment_method"] is None
    [event] = box.events("payment_method.detached")
    assert event["data"]["previous_attributes"] == {"customer": customer["id"]}
    assert default_method(box.world, customer["id"], box.again(subscription)) is None
