"""Products, prices and the portal, as the simulator of Stripe keeps them."""

from financehub.billing import stripe_account


def test_a_price_is_found_by_its_lookup_key_until_it_is_archived(stripe_box):
    account = stripe_account.account()
    product = account.create_product({"name": "X", "metadata": {"plan_id": "x"}}, key="p")
    params = {
        "product": product.id,
        "currency": "brl",
        "unit_amount": 2900,
        "recurring": {"interval": "month"},
        "lookup_key": "x_month_brl",
    }
    made = account.create_price(params, key="q")
    found = account.prices(["x_month_brl"])
    assert [(one.id, one.unit_amount, one.recurring.interval) for one in found] == [(made.id, 2900, "month")]
    assert account.archive_price(made.id, key="r").active is False
    assert account.prices(["x_month_brl"]) == []


def test_a_portal_configuration_is_made_and_changed(stripe_box):
    account = stripe_account.account()
    made = account.create_portal_configuration(
        {"features": {"invoice_history": {"enabled": True}}, "metadata": {"mine": "1"}}, key="a"
    )
    account.update_portal_configuration(made.id, {"metadata": {"mine": "2"}}, key="b")
    assert [one.metadata["mine"] for one in account.portal_configurations()] == ["2"]
