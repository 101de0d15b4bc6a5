import pytest
from tests.stripe_sandbox.box import Box

from stripe_sandbox.engine import portal
from stripe_sandbox.errors import InvalidRequest


def configured(box: Box, **update) -> tuple[dict, dict, dict]:
    """(dear price, cheap price, configuration) of a portal where both can be chosen."""
    dear, cheap = box.price(7900), box.price(2900, name="Starter")
    products = [{"product": one["product"], "prices": [one["id"]]} for one in (dear, cheap)]
    features = {
        "payment_method_update": {"enabled": True},
        "subscription_cancel": {"enabled": True, "mode": "at_period_end"},
        "subscription_update": {
            "enabled": True,
            "default_allowed_updates": ["price"],
            "products": products,
            **update,
        },
    }
    return dear, cheap, box.post("/billing_portal/configurations", features=features)


def session_of(box: Box, customer: dict) -> dict:
    return box.post("/billing_portal/sessions", customer=customer["id"], return_url="http://shop/plan")


def test_the_first_configuration_is_the_default(box: Box) -> None:
    customer = box.customer()
    assert box.refused("POST", "/billing_portal/sessions", customer=customer["id"])["status"] == 400
    _, _, configuration = configured(box)
    assert configuration["is_default"] is True
    session = session_of(box, customer)
    assert session["configuration"] == configuration["id"]
    assert box.types()[-1] == "billing_portal.session.created"


def test_a_configuration_changes_by_parts(box: Box) -> None:
    _, _, configuration = configured(box)
    features = {
        "subscription_cancel": {
            "enabled": True,
            "cancellation_reason": {"enabled": True, "options": ["unused"]},
        }
    }
    changed = box.post(f"/billing_portal/configurations/{configuration['id']}", features=features)
    cancel = changed["features"]["subscription_cancel"]
    assert (cancel["mode"], cancel["cancellation_reason"]["options"]) == ("at_period_end", ["unused"])
    assert len(changed["features"]["subscription_update"]["products"]) == 2


def test_a_new_card_becomes_the_default_everywhere(box: Box) -> None:
    configured(box)
    customer = box.customer()
    subscription = box.subscription(customer)
    method = portal.change_card(box.world, session_of(box, customer), {"number": "5555555555554444"})
    assert box.again(subscription)["default_payment_method"] == method["id"]
    assert box.again(customer)["invoice_settings"]["default_payment_method"] == method["id"]


class TestAnotherPlan:
    def test_that_is_dearer_starts_now(self, box: Box) -> None:
        dear, cheap, _ = configured(box, proration_behavior="always_invoice")
        customer = box.customer()
        subscription = box.subscription(customer, cheap)
        portal.change_plan(
            box.world,
            session_of(box, customer),
            box.world.store.get("subscription", subscription["id"]),
            dear["id"],
        )
        assert box.invoice(subscription)["total"] == 5000

    def test_that_is_cheaper_waits_for_the_periods_end(self, box: Box) -> None:
        conditions = {"conditions": [{"type": "decreasing_item_amount"}]}
        dear, cheap, _ = configured(box, schedule_at_period_end=conditions)
        customer = box.customer()
        subscription = box.subscription(customer, dear)
        portal.change_plan(
            box.world,
            session_of(box, customer),
            box.world.store.get("subscription", subscription["id"]),
            cheap["id"],
        )
        assert box.again(subscription)["items"]["data"][0]["price"]["id"] == dear["id"]
        box.advance(days=31)
        assert box.again(subscription)["items"]["data"][0]["price"]["id"] == cheap["id"]

    def test_that_is_not_offered_is_refused(self, box: Box) -> None:
        configured(box)
        customer = box.customer()
        subscription = box.subscription(customer)
        with pytest.raises(InvalidRequest):
            portal.change_plan(box.world, session_of(box, customer), subscription, box.price(1)["id"])


def test_cancelling_and_keeping(box: Box) -> None:
    configured(box)
    customer = box.customer()
    made = box.subscription(customer)
    subscription = box.world.store.get("subscription", made["id"])
    portal.cancel_plan(box.world, session_of(box, customer), subscription, "unused")
    assert (subscription["cancel_at_period_end"], subscription["cancellation_details"]["feedback"]) == (
        True,
        "unused",
    )
    portal.keep_plan(box.world, subscription)
    assert subscription["cancel_at_period_end"] is False


def test_only_living_subscriptions_are_shown(box: Box) -> None:
    customer = box.customer()
    subscription = box.subscription(customer)
    box.delete(f"/subscriptions/{subscription['id']}")
    assert portal.live_subscriptions(box.world, customer["id"]) == []
