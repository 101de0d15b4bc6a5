from tests.stripe_sandbox.box import DAY, HOUR, NOON, Box

from stripe_sandbox.engine.ending import blank_details


def test_cancelling_now_ends_it_and_tells(box: Box) -> None:
    subscription = box.subscription()
    details = {"comment": "dunning exhausted"}
    ended = box.delete(f"/subscriptions/{subscription['id']}", cancellation_details=details)
    assert (ended["status"], ended["ended_at"], ended["canceled_at"]) == ("canceled", NOON, NOON)
    assert ended["cancellation_details"] == {
        "comment": "dunning exhausted",
        "feedback": None,
        "feedback_option": None,
        "reason": "cancellation_requested",
    }
    assert box.types()[-1] == "customer.subscription.deleted"
    assert box.refused("DELETE", f"/subscriptions/{subscription['id']}")["code"] == "resource_missing"


def test_a_planned_end_comes_at_the_periods_end_and_costs_nothing_more(box: Box) -> None:
    subscription = box.subscription()
    box.advance(days=5)
    planned = box.post(f"/subscriptions/{subscription['id']}", cancel_at_period_end=True)
    assert (planned["cancel_at"], planned["canceled_at"]) == (NOON + 30 * DAY, NOON + 5 * DAY)
    box.advance(days=26)
    ended = box.again(subscription)
    assert (ended["status"], ended["ended_at"], ended["canceled_at"]) == (
        "canceled",
        NOON + 30 * DAY,
        NOON + 5 * DAY,
    )
    assert len(box.get("/invoices", subscription=subscription["id"])["data"]) == 1


def test_an_end_on_a_day_comes_on_that_day(box: Box) -> None:
    subscription = box.subscription()
    box.post(f"/subscriptions/{subscription['id']}", cancel_at=NOON + 3 * DAY)
    box.advance(days=4)
    assert box.again(subscription)["ended_at"] == NOON + 3 * DAY


def test_a_first_payment_not_made_in_a_day_ends_it_before_it_began(box: Box) -> None:
    subscription = box.subscription(box.customer("pm_card_chargeCustomerFail"))
    assert subscription["status"] == "incomplete"
    box.advance(23 * HOUR)
    assert box.again(subscription)["status"] == "incomplete_expired"
    assert box.invoice(subscription)["status"] == "void"


def test_a_final_invoice_gives_the_rest_back_as_credit(box: Box) -> None:
    customer = box.customer()
    subscription = box.subscription(customer)
    box.advance(days=15)
    box.delete(f"/subscriptions/{subscription['id']}", prorate=True, invoice_now=True)
    assert box.again(customer)["balance"] == -3950


def test_details_are_whole() -> None:
    assert blank_details({"cancellation_details": None})["feedback"] is None
