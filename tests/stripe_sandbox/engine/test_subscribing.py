from tests.stripe_sandbox.box import DAY, HOUR, NOON, Box


def test_a_paid_start_is_active_at_once(box: Box) -> None:
    subscription = box.subscription(metadata={"company_id": "c1"})
    assert (subscription["status"], subscription["billing_mode"]["type"]) == ("active", "flexible")
    assert subscription["metadata"] == {"company_id": "c1"}
    assert box.invoice(subscription)["billing_reason"] == "subscription_create"


def test_a_trial_begins_with_an_invoice_of_nothing(box: Box) -> None:
    subscription = box.subscription(box.customer(card=None), trial_period_days=14)
    invoice = box.invoice(subscription)
    assert (subscription["status"], subscription["trial_end"]) == ("trialing", NOON + 14 * DAY)
    assert (invoice["status"], invoice["total"], invoice["billing_reason"]) == (
        "paid",
        0,
        "subscription_create",
    )
    assert box.get("/payment_intents")["data"] == []


def test_payment_may_be_left_to_the_client(box: Box) -> None:
    subscription = box.subscription(payment_behavior="default_incomplete")
    assert subscription["status"] == "incomplete"
    secret = box.get(f"/invoices/{subscription['latest_invoice']}", expand=["confirmation_secret"])
    intent_id = secret["confirmation_secret"]["client_secret"].partition("_secret")[0]
    box.post(f"/payment_intents/{intent_id}/confirm", payment_method="pm_card_visa")
    assert box.again(subscription)["status"] == "active"


def test_an_unpaid_start_may_be_an_error_that_leaves_nothing(box: Box) -> None:
    customer, price = box.customer("pm_card_chargeCustomerFail"), box.price()
    error = box.refused(
        "POST", "/subscriptions", customer=customer["id"], items=[{"price": price["id"]}],
        payment_behavior="error_if_incomplete",
    )  # fmt: skip
    assert (error["status"], error["code"]) == (402, "card_declined")
    live = box.get("/subscriptions", customer=customer["id"], status="active")
    assert live["data"] == []


def test_an_invoice_can_be_sent_instead(box: Box) -> None:
    subscription = box.subscription(
        box.customer(card=None), collection_method="send_invoice", days_until_due=5
    )
    assert subscription["status"] == "active"
    box.advance(HOUR)
    invoice = box.invoice(subscription)
    assert (invoice["status"], invoice["due_date"]) == ("open", NOON + HOUR + 5 * DAY)
    box.advance(days=6)
    assert {"invoice.sent", "invoice.will_be_due", "invoice.overdue"} <= set(box.types())


def test_what_makes_no_sense_is_refused(box: Box) -> None:
    customer = box.customer()
    assert box.refused("POST", "/subscriptions", customer=customer["id"])["param"] == "items"
    wrong = {
        "customer": customer["id"],
        "items": [{"price": box.price()["id"]}],
        "collection_method": "send_invoice",
    }
    assert box.refused("POST", "/subscriptions", **wrong)["param"] == "days_until_due"
    missing = {"customer": "cus_nobody", "items": [{"price": "price_x"}]}
    assert box.refused("POST", "/subscriptions", **missing)["code"] == "resource_missing"
