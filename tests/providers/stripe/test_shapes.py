"""What a shape finds in nested places."""

from financehub.providers.stripe import shapes


def invoice(parent):
    return shapes.Invoice(
        id="in_1",
        status="open",
        customer="cus_1",
        created=1,
        currency="brl",
        total=1,
        amount_due=1,
        amount_paid=0,
        amount_remaining=1,
        status_transitions=shapes.Transitions(),
        parent=parent,
    )


def test_an_invoice_names_its_subscription_by_its_parent():
    details = shapes.SubscriptionDetails(subscription="sub_1")
    assert invoice(shapes.Parent(subscription_details=details)).subscription == "sub_1"
    assert invoice(shapes.Parent()).subscription is None
    assert invoice(None).subscription is None
