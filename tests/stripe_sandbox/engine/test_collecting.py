import pytest
from tests.stripe_sandbox.box import CPF, Box

from stripe_sandbox.engine.collecting import check_payable
from stripe_sandbox.errors import InvalidRequest


def renewed(box: Box, outcomes: list[str], **switches) -> tuple[dict, dict]:
    """(customer, subscription) a month later, its card answering as told."""
    if switches:
        box.switch(**switches)
    customer = box.customer()
    subscription = box.subscription(customer)
    box.control("/outcomes", of=customer["id"], outcomes=outcomes)
    box.advance(days=31)
    return customer, subscription


class TestAFailedRenewal:
    def test_is_left_past_due_when_the_vendor_does_not_retry(self, box: Box) -> None:
        _, subscription = renewed(box, ["insufficient_funds"])
        invoice = box.invoice(subscription)
        assert (invoice["attempt_count"], invoice["attempted"], invoice["next_payment_attempt"]) == (
            1,
            True,
            None,
        )
        assert box.again(subscription)["status"] == "past_due"
        assert "invoice.payment_failed" in box.types()

    def test_is_retried_by_the_vendor_when_set_so(self, box: Box) -> None:
        _, subscription = renewed(box, ["insufficient_funds"] * 2, retry_days=[3, 5])
        assert box.invoice(subscription)["next_payment_attempt"] is not None
        box.advance(days=9)
        assert box.invoice(subscription)["attempt_count"] == 3
        assert box.again(subscription)["status"] == "active"

    @pytest.mark.parametrize(("action", "status"), [("cancel", "canceled"), ("mark_unpaid", "unpaid")])
    def test_ends_as_the_account_says_when_retries_are_over(self, box: Box, action: str, status: str) -> None:
        _, subscription = renewed(box, ["lost_card"] * 2, retry_days=[3], after_retries=action)
        box.advance(days=4)
        assert box.again(subscription)["status"] == status

    def test_counts_no_attempt_made_by_hand(self, box: Box) -> None:
        _customer, subscription = renewed(box, ["insufficient_funds"] * 3)
        path = f"/invoices/{box.again(subscription)['latest_invoice']}/pay"
        statuses = [box.api("POST", path).status_code for _ in range(3)]
        assert statuses == [402, 402, 200]
        assert box.invoice(subscription)["attempt_count"] == 1
        assert len(box.events("invoice.payment_failed")) == 3

    def test_that_needs_3d_secure_asks_for_the_person(self, box: Box) -> None:
        _customer, subscription = renewed(box, ["authentication_required"] * 2)
        invoice = box.invoice(subscription)
        assert {"invoice.payment_action_required", "invoice.payment_failed"} <= set(box.types())
        error = box.refused("POST", f"/invoices/{invoice['id']}/pay")
        assert error["code"] == "invoice_payment_intent_requires_action"
        box.control(f"/payment_intents/{error['payment_intent']['id']}/authenticate")
        assert box.again(subscription)["status"] == "active"

    def test_without_any_method_says_so(self, box: Box) -> None:
        customer = box.customer()
        subscription = box.subscription(customer)
        [method] = box.get("/payment_methods", customer=customer["id"])["data"]
        box.post(f"/payment_methods/{method['id']}/detach")
        box.advance(days=31)
        error = box.refused("POST", f"/invoices/{box.again(subscription)['latest_invoice']}/pay")
        assert "default_payment_method" in error["message"]
        assert box.again(subscription)["status"] == "past_due"


def test_a_renewal_by_boleto_waits_for_the_bank(box: Box) -> None:
    customer = box.customer(card=None)
    session = box.session(customer)
    subscription_id = None
    box.control(f"/checkout/{session['id']}/pay", boleto=CPF)
    [first] = box.get("/payment_intents")["data"]
    box.control(f"/payment_intents/{first['id']}/pay_boleto")
    subscription_id = box.again(session)["subscription"]
    box.advance(days=31)
    assert box.get(f"/subscriptions/{subscription_id}")["status"] == "past_due"
    second = box.get("/payment_intents", limit=1)["data"][0]
    box.control(f"/payment_intents/{second['id']}/pay_boleto")
    assert box.get(f"/subscriptions/{subscription_id}")["status"] == "active"


def test_only_open_invoices_can_be_paid() -> None:
    for status, code in (("paid", "invoice_already_paid"), ("void", "invoice_not_editable")):
        with pytest.raises(InvalidRequest) as caught:
            check_payable({"status": status})
        assert caught.value.code == code


def test_a_boleto_that_is_not_there_cannot_be_paid(box: Box) -> None:
    intent = box.post("/payment_intents", amount=100, currency="brl")
    for action in ("pay_boleto", "authenticate"):
        answer = box.call("POST", f"/_control/payment_intents/{intent['id']}/{action}", json={})
        assert answer.json()["error"]["code"] == "payment_intent_unexpected_state"
