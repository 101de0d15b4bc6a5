"""Our plans at Stripe: made once, repaired when they differ, and the difference said."""

import pytest

from financehub.billing import cataloguing

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
        assert cataloguing.drift() == ["price starter_month_brl: amount is 3100, not 2900"]
        assert cataloguing.set_up().done["price starter_month_brl"] == "repaired"
        assert cataloguing.drift() == []


class TestDrift:
    def test_names_everything_that_is_missing(self, stripe_box):
        found = cataloguing.drift()
        assert len(found) == 3 + 6 + 1
        assert "product starter: missing or inactive" in found
        assert "portal: no configuration of ours" in found
