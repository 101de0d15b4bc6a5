import pytest
from tests.stripe_sandbox.box import Box

from stripe_sandbox.errors import KeyReused
from stripe_sandbox.replay import fingerprint, save_answer, saved_answer


class TestAnIdempotencyKey:
    def test_gives_the_first_answer_again_and_does_nothing_twice(self, box: Box) -> None:
        first = box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="cus:1")
        second = box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="cus:1")
        assert first.json() == second.json()
        assert second.headers["idempotent-replayed"] == "true"
        assert "idempotent-replayed" not in first.headers
        assert len(box.events("customer.created")) == 1

    def test_is_refused_with_other_parameters(self, box: Box) -> None:
        box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="cus:1")
        answer = box.api("POST", "/customers", {"name": "Bia"}, idempotency_key="cus:1")
        assert (answer.status_code, answer.json()["error"]["type"]) == (400, "idempotency_error")

    def test_keeps_a_decline_too(self, box: Box) -> None:
        subscription = box.subscription(box.customer("pm_card_chargeCustomerFail"))
        path = f"/invoices/{subscription['latest_invoice']}/pay"
        answers = [box.api("POST", path, idempotency_key="pay:1") for _ in range(2)]
        assert [one.status_code for one in answers] == [402, 402]
        assert len(box.events("charge.failed")) == 2  # the automatic first payment and one attempt

    def test_does_not_keep_a_request_that_was_wrong_before_anything_was_done(self, box: Box) -> None:
        wrong = box.api("POST", "/customers", {"nmae": "Ana"}, idempotency_key="cus:1")
        right = box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="cus:1")
        assert (wrong.status_code, right.status_code) == (400, 200)

    def test_acts_again_after_a_day(self, box: Box) -> None:
        box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="cus:1")
        box.advance(days=1)
        box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="cus:1")
        assert len(box.events("customer.created")) == 2


def test_the_fingerprint_is_of_method_path_and_parameters(box: Box) -> None:
    mark = fingerprint("POST", "/v1/x", {"a": "1"})
    assert mark == fingerprint("POST", "/v1/x", {"a": "1"}) != fingerprint("POST", "/v1/y", {"a": "1"})
    save_answer(box.world, "k", mark, 200, {"id": "x"})
    assert saved_answer(box.world, "k", mark)["body"] == {"id": "x"}
    with pytest.raises(KeyReused):
        saved_answer(box.world, "k", "another")
