from tests.stripe_sandbox.box import DAY, NOON, Box

RENEWAL = [
    "invoice.created",
    "customer.subscription.updated",
    "invoice.finalized",
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "invoice.updated",
    "invoice_payment.paid",
    "invoice.paid",
    "invoice.payment_succeeded",
    "charge.updated",
]


def test_a_renewal_tells_everything_the_vendor_tells(box: Box) -> None:
    box.switch(upcoming_days=0)
    box.subscription()
    box.advance(days=1)
    before = len(box.types())
    box.advance(days=30)
    assert box.types()[before:] == RENEWAL


def test_a_renewals_invoice_is_a_draft_for_an_hour(box: Box) -> None:
    subscription = box.subscription()
    box.advance(days=30)
    draft = box.invoice(subscription)
    assert (draft["status"], draft["number"], draft["automatically_finalizes_at"]) == (
        "draft",
        None,
        NOON + 30 * DAY + 3600,
    )
    box.advance(3600)
    paid = box.invoice(subscription)
    assert (paid["status"], paid["amount_paid"], paid["amount_remaining"]) == ("paid", 7900, 0)
    assert paid["number"].endswith("-0002")


def test_the_shape_is_of_today(box: Box) -> None:
    invoice = box.invoice(box.subscription(metadata={"company_id": "c1"}))
    assert invoice["parent"]["subscription_details"]["metadata"] == {"company_id": "c1"}
    assert not {"subscription", "payment_intent", "charge", "paid", "payments"} & set(invoice)


def test_a_voided_invoice_gives_up_its_payment(box: Box) -> None:
    subscription = box.subscription(box.customer("pm_card_chargeCustomerFail"))
    invoice = box.post(f"/invoices/{subscription['latest_invoice']}/void")
    assert invoice["status"] == "void"
    assert box.types()[-3:] == ["payment_intent.canceled", "invoice.updated", "invoice.voided"]
    assert box.refused("POST", f"/invoices/{invoice['id']}/pay")["code"] == "invoice_not_editable"


def test_an_uncollectible_invoice_may_still_be_paid(box: Box) -> None:
    customer = box.customer("pm_card_chargeCustomerFail")
    subscription = box.subscription(customer)
    path = f"/invoices/{subscription['latest_invoice']}"
    given_up = box.post(f"{path}/mark_uncollectible")
    assert given_up["status_details"] == {"uncollectible": {"reason": "user_forgiven"}}
    assert box.post(f"{path}/pay", payment_method="pm_card_visa")["status"] == "paid"


def test_what_was_paid_outside_moves_no_money_here(box: Box) -> None:
    subscription = box.subscription(box.customer("pm_card_chargeCustomerFail"))
    invoice = box.post(f"/invoices/{subscription['latest_invoice']}/pay", paid_out_of_band=True)
    assert (invoice["status"], invoice["amount_paid"], invoice["amount_paid_off_stripe"]) == ("paid", 0, 7900)
    assert box.again(subscription)["status"] == "active"


def test_credit_of_the_customer_pays_first(box: Box) -> None:
    customer = box.customer()
    box.post(f"/customers/{customer['id']}", balance=-3000)
    invoice = box.invoice(box.subscription(customer))
    assert (invoice["total"], invoice["starting_balance"], invoice["amount_due"]) == (7900, -3000, 4900)
    assert (invoice["ending_balance"], box.again(customer)["balance"]) == (0, 0)


def test_a_finalized_invoice_cannot_be_finalized_again(box: Box) -> None:
    subscription = box.subscription()
    error = box.refused("POST", f"/invoices/{subscription['latest_invoice']}/finalize")
    assert error["code"] == "invoice_not_editable"
