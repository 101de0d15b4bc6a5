"""What the portal allows is compared setting by setting; what we do not name may be anything."""

from financehub.billing import portal_settings
from financehub.providers.stripe import shapes

PRICES = {"prod_1": ["price_1", "price_2"]}


def configuration(**features):
    params = portal_settings.wanted(PRICES)
    return shapes.PortalConfiguration(
        id="bpc_1",
        default_return_url=params["default_return_url"],
        features={**params["features"], **features},
    )


def test_what_is_as_wanted_differs_in_nothing():
    assert portal_settings.differences(configuration(subscription_pause={"enabled": True}), PRICES) == []


def test_prices_may_come_in_any_order_with_more_about_them():
    there = dict(portal_settings.wanted(PRICES)["features"]["subscription_update"])
    there["products"] = [{"product": "prod_1", "prices": ["price_2", "price_1"], "adjustable_quantity": {}}]
    assert portal_settings.differences(configuration(subscription_update=there), PRICES) == []


def test_another_price_and_a_switched_off_part_are_named():
    assert portal_settings.differences(
        configuration(invoice_history={"enabled": False}), {"prod_1": ["p"]}
    ) == [
        "invoice_history.enabled differs",
        "subscription_update.products differs",
    ]
