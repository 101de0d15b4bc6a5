from tests.stripe_sandbox.box import DAY, NOON, Box


def disputed(box: Box, card: str = "pm_card_createDispute") -> dict:
    box.subscription(box.customer(card))
    box.advance(10)
    return box.get("/disputes")["data"][0]


def funds(box: Box) -> list[int]:
    return [row["net"] for row in box.get("/balance_transactions", type="adjustment")["data"]]


class TestADispute:
    def test_takes_the_money_and_gives_a_week_to_answer(self, box: Box) -> None:
        dispute = disputed(box)
        assert (dispute["status"], dispute["reason"], dispute["amount"]) == (
            "needs_response",
            "fraudulent",
            7900,
        )
        assert dispute["evidence_details"]["due_by"] == NOON + 5 + 7 * DAY
        assert funds(box) == [-7900 - 5500]
        assert box.again(box.get("/charges")["data"][0])["disputed"] is True
        error = box.refused("POST", "/refunds", charge=dispute["charge"])
        assert error["code"] == "charge_disputed"

    def test_keeps_evidence_without_sending_it(self, box: Box) -> None:
        dispute = disputed(box)
        evidence = {"product_description": "SaaS"}
        staged = box.post(f"/disputes/{dispute['id']}", evidence=evidence, submit=False)
        assert (staged["status"], staged["evidence_details"]["has_evidence"]) == ("needs_response", True)
        assert staged["evidence_details"]["submission_count"] == 0

    def test_sends_evidence_by_default_and_only_once(self, box: Box) -> None:
        dispute = disputed(box)
        sent = box.post(f"/disputes/{dispute['id']}", evidence={"uncategorized_text": "see logs"})
        assert (sent["status"], sent["evidence_details"]["submission_count"]) == ("under_review", 1)
        assert (
            box.refused("POST", f"/disputes/{dispute['id']}", evidence={"receipt": "x"})["param"]
            == "evidence"
        )

    def test_is_won_with_the_vendors_words_and_the_money_comes_back(self, box: Box) -> None:
        dispute = disputed(box)
        won = box.post(f"/disputes/{dispute['id']}", evidence={"uncategorized_text": "winning_evidence"})
        assert won["status"] == "won"
        assert sum(funds(box)) == 0
        assert box.types()[-2:] == ["charge.dispute.funds_reinstated", "charge.dispute.closed"]

    def test_is_lost_by_silence(self, box: Box) -> None:
        dispute = disputed(box)
        box.advance(days=8)
        assert (box.again(dispute)["status"], box.again(dispute)["evidence_details"]["past_due"]) == (
            "lost",
            True,
        )

    def test_can_be_accepted_once(self, box: Box) -> None:
        dispute = disputed(box)
        assert box.post(f"/disputes/{dispute['id']}/close")["status"] == "lost"
        assert box.refused("POST", f"/disputes/{dispute['id']}/close")["param"] == "id"


def test_an_inquiry_moves_no_money_and_may_be_refunded(box: Box) -> None:
    inquiry = disputed(box, "pm_card_createDisputeInquiry")
    assert (inquiry["status"], inquiry["is_charge_refundable"], funds(box)) == (
        "warning_needs_response",
        True,
        [],
    )
    box.post("/refunds", charge=inquiry["charge"])


def test_a_warning_is_actionable_until_the_refund(box: Box) -> None:
    box.subscription(box.customer("pm_card_createIssuerFraudRecord"))
    box.advance(10)
    [warning] = box.get("/radar/early_fraud_warnings")["data"]
    assert (warning["actionable"], warning["fraud_type"]) == (True, "unauthorized_use_of_card")
    box.post("/refunds", charge=warning["charge"], reason="fraudulent")
    assert box.again(warning)["actionable"] is False
    assert box.types()[-1] == "radar.early_fraud_warning.updated"


def test_a_review_is_closed_once(box: Box) -> None:
    customer = box.customer()
    box.subscription(customer)
    box.control(f"/charges/{box.charge(customer)['id']}/review")
    [review] = box.get("/reviews")["data"]
    assert box.post(f"/reviews/{review['id']}/approve")["closed_reason"] == "approved"
    assert box.refused("POST", f"/reviews/{review['id']}/approve")["status"] == 400
