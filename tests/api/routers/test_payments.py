"""Plans, checkout, portal and subscription as a program or a browser asks for them."""

from datetime import timedelta

import pytest
from tests.api.routers.test_connecting import TOKENS
from tests.billing.conftest import shop  # noqa: F401 - fixture
from tests.billing.promotions import make_code
from tests.builders import make_account, make_transaction

from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


class TestPlans:
    @pytest.mark.parametrize("address", ["/api/payments/plans/", "/api/payments/plans"])
    def test_are_three_with_prices_and_limits(self, program, shop, address):  # noqa: F811
        told = program.get(address).json()
        assert (told["selling"], told["trialDays"]) == (True, 14)
        assert [plan["id"] for plan in told["plans"]] == ["starter", "professional", "enterprise"]
        assert told["plans"][0]["prices"] == [
            {"period": "monthly", "amountCents": 2900, "currency": "BRL"},
            {"period": "yearly", "amountCents": 29000, "currency": "BRL"},
        ]
        assert told["plans"][1]["limits"]["bankAccounts"] == 10
        assert told["plans"][2]["limits"]["transactionsPerMonth"] is None

    def test_say_when_nothing_is_sold(self, program, settings):
        settings.STRIPE_SECRET_KEY = ""
        assert program.get("/api/payments/plans/").json()["selling"] is False


class TestCheckout:
    def test_answers_stripes_address(self, browser, shop):  # noqa: F811
        answer = browser.post("/api/payments/checkout/", {"plan": "professional", "period": "yearly"})
        assert answer.status_code == 200
        assert answer.json()["url"].startswith(f"{shop.box.url}/pay/cs_test_")

    def test_refuses_an_unknown_plan(self, browser, shop):  # noqa: F811
        answer = browser.post("/api/payments/checkout/", {"plan": "gold", "period": "monthly"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_plan")

    def test_refuses_a_second_subscription(self, browser, shop):  # noqa: F811
        shop.buy()
        answer = browser.post("/api/payments/checkout/", {"plan": "starter"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "already_subscribed")

    def test_is_not_for_viewers(self, viewer, shop):  # noqa: F811
        assert viewer.post("/api/payments/checkout/", {"plan": "starter"}).status_code == 403

    def test_is_off_without_a_key(self, browser, settings):
        settings.STRIPE_SECRET_KEY = ""
        answer = browser.post("/api/payments/checkout/", {"plan": "starter"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "stripe_not_configured")

    def test_says_when_stripe_is_away(self, browser, shop):  # noqa: F811
        shop.box.control("/faults", kind="rate_limit")
        answer = browser.post("/api/payments/checkout/", {"plan": "starter"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "stripe_unavailable")


class TestPortal:
    def test_opens_for_a_customer(self, browser, shop):  # noqa: F811
        shop.buy()
        answer = browser.post("/api/payments/portal/")
        assert answer.json()["url"].startswith(f"{shop.box.url}/p/session/")

    def test_has_nothing_to_show_before_the_first_purchase(self, browser, shop):  # noqa: F811
        answer = browser.post("/api/payments/portal/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_customer")


class TestSubscription:
    def test_begins_as_a_trial(self, program, shop):  # noqa: F811
        told = program.get("/api/payments/subscription/").json()
        assert (told["state"], told["plan"], told["period"]) == ("trial", "trial", None)
        assert told["bankAccounts"] == {"current": 0, "limit": 10, "forecast": None}

    def test_tells_plan_period_and_usage(self, program, shop):  # noqa: F811
        shop.buy("starter", "monthly")
        account = make_account(company=shop.company)
        make_transaction(account=account)
        make_transaction(account=account, date=clock.today() - timedelta(days=60))
        told = program.get("/api/payments/subscription/").json()
        assert (told["state"], told["plan"], told["period"]) == ("active", "starter", "monthly")
        assert told["bankAccounts"] == {"current": 1, "limit": 3, "forecast": None}
        assert (told["transactions"]["current"], told["transactions"]["limit"]) == (1, 1000)

    def test_is_self_hosted_without_a_key(self, program, settings):
        settings.STRIPE_SECRET_KEY = ""
        told = program.get("/api/payments/subscription/").json()
        assert (told["state"], told["plan"]) == (None, "self_hosted")
        assert told["bankAccounts"]["limit"] is None


class TestAPromotionCode:
    def test_goes_on_the_live_subscription(self, browser, shop):  # noqa: F811
        shop.buy()
        make_code(shop, "METADE", percent_off=50, duration="forever")
        assert browser.post("/api/payments/promotion-code/", {"code": "metade"}).json()["plan"] == "starter"
        [row] = shop.api.subscriptions.list({"expand": ["data.discounts"]}).data
        assert [one.source.coupon is not None for one in row.discounts] == [True]

    def test_that_is_none_is_refused(self, browser, shop):  # noqa: F811
        shop.buy()
        answer = browser.post("/api/payments/promotion-code/", {"code": "NADA"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "promotion_code_invalid")


class TestALimit:
    def test_refuses_connecting_in_the_shape_of_the_contract(self, browser, shop, simulator):  # noqa: F811
        shop.buy("starter", "monthly")
        for _ in range(3):
            make_account(company=shop.company)
        answer = browser.post("/api/banking/pluggy/connect-token/")
        told = answer.json()
        assert answer.status_code == 403
        assert told["error"]["code"] == "plan_limit_reached"
        assert (told["current"], told["limit"]) == (3, 3)
        assert (told["upgrade_required"], told["suggested_plan"]) == (True, "professional")

    @pytest.mark.parametrize("address", TOKENS)
    def test_keeps_connecting_for_the_plans_that_the_operator_names(
        self,
        browser,
        shop,  # noqa: F811
        simulator,
        settings,
        address,
    ):
        settings.CONNECT_PLANS = ["enterprise"]
        shop.buy("starter", "monthly")
        answer = browser.post(address)
        assert (answer.status_code, answer.json()["suggested_plan"]) == (403, "enterprise")
        settings.CONNECT_PLANS = ["starter", "enterprise"]
        assert browser.post(address).status_code == 200

    def test_forbids_connecting_once_the_trial_is_over(self, browser, shop, simulator):  # noqa: F811
        Company.objects.update(created_at=clock.now() - timedelta(days=15))
        answer = browser.post("/api/banking/pluggy/connect-token/")
        assert (answer.status_code, answer.json()["suggested_plan"]) == (403, "starter")
        assert browser.get("/api/banking/accounts/").status_code == 200
