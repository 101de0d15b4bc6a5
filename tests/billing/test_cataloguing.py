"""Our plans at Stripe: made once, repaired when they differ, and the difference said."""

import pytest

from financehub.billing import cataloguing, mirroring, standing
from financehub.billing.models import StaffTask, StripeDeed
from financehub.providers.stripe.errors import StripeUnavailable

pytestmark = pytest.mark.django_db


class TestSettingUp:
    def test_makes_three_products_six_prices_and_the_portal(self, stripe_box):
        done = cataloguing.set_up().done
        assert set(done.values()) == {"created"}
        assert len(done) == 3 + 6 + 1
        prices = stripe_box.client().v1.prices.list({"active": True, "limit": 100}).data
        assert {price.lookup_key: price.unit_amount for price in prices} == {
            "starter_month_brl": 2900,
            "starter_year_brl": 29000,
            "professional_month_brl": 7900,
            "professional_year_brl": 79000,
            "enterprise_month_brl": 19900,
            "enterprise_year_brl": 199000,
        }

    def test_changes_nothing_the_second_time(self, stripe_box):
        cataloguing.set_up()
        assert set(cataloguing.set_up().done.values()) == {"unchanged"}
        assert len(stripe_box.client().v1.prices.list({"limit": 100}).data) == 6

    def test_replaces_a_price_with_another_amount(self, stripe_box):
        cataloguing.set_up()
        api = stripe_box.client().v1
        wrong = api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0]
        api.prices.create(
            {
                "product": wrong.product,
                "currency": "brl",
                "unit_amount": 3100,
                "recurring": {"interval": "month"},
                "lookup_key": "starter_month_brl",
                "transfer_lookup_key": True,
            }
        )
        assert cataloguing.drift() == [
            "price starter_month_brl: amount is 3100, not 2900, tax is unspecified, not inclusive",
            "portal: subscription_update.products differs",
        ]
        assert cataloguing.set_up().done["price starter_month_brl"] == "repaired"
        assert cataloguing.drift() == []

    def test_takes_no_plan_from_who_has_a_price_that_was_replaced(self, shop):
        row = shop.buy()
        moved = {"unit_amount": 3100, "lookup_key": "starter_month_brl", "transfer_lookup_key": True}
        product = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].product
        every = {"product": product, "currency": "brl", "recurring": {"interval": "month"}}
        shop.api.prices.create({**every, **moved})
        assert cataloguing.set_up().done["price starter_month_brl"] == "repaired"
        again = mirroring.mirror_subscription(row.stripe_id)
        assert (again.plan_id, again.period) == ("starter", "monthly")
        assert standing.of(shop.company).plan.id == "starter"

    def test_repairs_a_renamed_and_archived_product_and_what_the_portal_allows(self, stripe_box):
        cataloguing.set_up()
        api = stripe_box.client().v1
        product = next(one for one in api.products.list({}).data if one.name == "Finance Hub Starter")
        api.products.update(product.id, {"name": "Cheap", "active": False})
        portal = api.billing_portal.configurations.list({}).data[0]
        api.billing_portal.configurations.update(
            portal.id, {"features": {"subscription_cancel": {"enabled": True, "mode": "immediately"}}}
        )
        assert cataloguing.drift() == [
            "product starter: missing or inactive",
            "portal: subscription_cancel.mode differs",
        ]
        done = cataloguing.set_up().done
        assert {name for name, what in done.items() if what == "repaired"} == {"product starter", "portal"}
        assert cataloguing.drift() == []
        assert len(api.products.list({"limit": 100}).data) == 3

    def test_a_lost_answer_makes_nothing_twice(self, stripe_box):
        stripe_box.control("/faults", kind="lost_answer", path="/v1/products", method="POST", times=1)
        with pytest.raises(StripeUnavailable):
            cataloguing.set_up()
        cataloguing.set_up()
        assert len(stripe_box.client().v1.products.list({"limit": 100}).data) == 3
        cataloguing.set_up()
        [lost] = StripeDeed.objects.exclude(outcome="done")
        assert (lost.name, lost.answered_at) == ("setup-product", None)


class TestTellingDrift:
    def test_is_one_task_that_closes_by_itself(self, stripe_box):
        cataloguing.set_up()
        price = stripe_box.client().v1.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0]
        stripe_box.client().v1.prices.update(price.id, {"active": False})
        cataloguing.tell_drift()
        task = StaffTask.objects.get()
        assert (task.kind, task.closed_at) == ("catalogue", None)
        assert task.detail.startswith("price starter_month_brl: missing or inactive")
        cataloguing.set_up()
        assert cataloguing.tell_drift() == []
        assert StaffTask.objects.get().closed_at is not None


class TestDrift:
    def test_names_everything_that_is_missing(self, stripe_box):
        found = cataloguing.drift()
        assert len(found) == 3 + 6 + 1
        assert "product starter: missing or inactive" in found
        assert "portal: no configuration of ours" in found
