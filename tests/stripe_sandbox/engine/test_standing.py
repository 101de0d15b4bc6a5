from tests.stripe_sandbox.box import Box

from stripe_sandbox.engine.standing import subscription_of, unpaid


def failing(box: Box) -> tuple[dict, dict]:
    """A customer whose renewal has just failed."""
    customer = box.customer()
    subscription = box.subscription(customer)
    box.control("/outcomes", of=customer["id"], outcomes=["insufficient_funds"])
    box.advance(days=31)
    return customer, subscription


def test_an_unpaid_renewal_makes_a_subscription_late_and_its_customer_delinquent(box: Box) -> None:
    customer, subscription = failing(box)
    assert box.again(subscription)["status"] == "past_due"
    assert box.again(customer)["delinquent"] is True
    assert [row["status"] for row in unpaid(box.world, subscription)] == ["open"]


def test_paying_makes_it_active_again(box: Box) -> None:
    customer, subscription = failing(box)
    invoice = box.invoice(subscription)
    box.post(f"/invoices/{invoice['id']}/pay")
    assert box.again(subscription)["status"] == "active"
    assert box.again(customer)["delinquent"] is False
    [late, back] = [
        event["data"]["object"]["status"]
        for event in box.events("customer.subscription.updated")
        if "status" in event["data"]["previous_attributes"]
    ][-2:]
    assert (late, back) == ("past_due", "active")


def test_an_invoice_knows_its_subscription(box: Box) -> None:
    subscription = box.subscription()
    assert subscription_of(box.world, box.invoice(subscription))["id"] == subscription["id"]
    assert subscription_of(box.world, {"parent": None}) is None
