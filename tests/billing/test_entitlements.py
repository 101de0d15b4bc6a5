"""May this company do that, and if not, which plan would allow it?"""

from datetime import timedelta

import pytest
from tests.billing.test_standing import make_subscription
from tests.builders import make_company

from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core.errors import LimitReached

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    return make_company()


def late(company):
    return company.created_at + timedelta(days=30)


class TestACountedDeed:
    @pytest.mark.parametrize(
        ("plan", "deed", "allowed", "refused", "suggested"),
        [
            ("starter", Deed.BANK_ACCOUNT, 2, 3, "professional"),
            ("professional", Deed.BANK_ACCOUNT, 9, 10, "enterprise"),
            ("starter", Deed.TRANSACTION, 999, 1000, "professional"),
            ("professional", Deed.TRANSACTION, 4999, 5000, "enterprise"),
            ("starter", Deed.MEMBER, 2, 3, "professional"),
            ("starter", Deed.API_KEY, 1, 2, "professional"),
        ],
    )
    def test_ends_at_the_limit_and_names_the_next_plan(
        self, company, plan, deed, allowed, refused, suggested
    ):
        make_subscription(company, plan_id=plan)
        assert entitlements.may(company, deed, current=allowed, at=late(company)).is_allowed
        answer = entitlements.may(company, deed, current=refused, at=late(company))
        assert (answer.is_allowed, answer.limit, answer.suggested_plan) == (False, refused, suggested)

    def test_suggests_a_plan_that_is_large_enough_at_once(self, company):
        make_subscription(company)
        assert entitlements.may(company, Deed.BANK_ACCOUNT, current=25).suggested_plan == "enterprise"

    def test_never_ends_on_enterprise(self, company):
        make_subscription(company, plan_id="enterprise")
        assert entitlements.may(company, Deed.TRANSACTION, current=10**9).is_allowed


class TestADeedThatIsOnOrOff:
    @pytest.mark.parametrize(
        ("plan", "deed", "is_allowed"),
        [
            ("starter", Deed.CONNECT, True),
            ("starter", Deed.INSIGHTS, False),
            ("professional", Deed.INSIGHTS, True),
            ("professional", Deed.ADVANCED_INSIGHTS, False),
            ("enterprise", Deed.ADVANCED_INSIGHTS, True),
            ("starter", Deed.PIX, True),
        ],
    )
    def test_follows_the_plan(self, company, plan, deed, is_allowed):
        make_subscription(company, plan_id=plan)
        assert entitlements.may(company, deed, at=late(company)).is_allowed is is_allowed

    @pytest.mark.parametrize("deed", [Deed.CONNECT, Deed.SYNC, Deed.PIX])
    def test_is_off_when_the_trial_is_over(self, company, deed):
        assert entitlements.may(company, deed).is_allowed
        assert not entitlements.may(company, deed, at=late(company)).is_allowed


def test_a_refusal_tells_what_the_contract_names(company):
    make_subscription(company)
    with pytest.raises(LimitReached) as refused:
        entitlements.require(company, Deed.BANK_ACCOUNT, current=3)
    assert refused.value.details == {
        "current": 3,
        "limit": 3,
        "upgrade_required": True,
        "suggested_plan": "professional",
        "deed": "bank_account",
    }


def test_nothing_is_refused_where_nothing_is_sold(settings):
    settings.STRIPE_SECRET_KEY = ""
    company = make_company()
    assert all(entitlements.may(company, deed, current=10**9).is_allowed for deed in Deed)


class TestConnectingAsTheOperatorSells:
    """FINANCEHUB_CONNECT_PLANS keeps connecting banks for some plans; reading what is connected goes on."""

    @pytest.mark.parametrize(
        ("sold", "plan", "is_allowed", "suggested"),
        [
            ([], "starter", True, None),
            (["enterprise"], "starter", False, "enterprise"),
            (["professional", "enterprise"], "starter", False, "professional"),
            (["enterprise"], "enterprise", True, None),
        ],
    )
    def test_is_for_the_plans_that_are_named(self, company, settings, sold, plan, is_allowed, suggested):
        settings.CONNECT_PLANS = sold
        make_subscription(company, plan_id=plan)
        answer = entitlements.may(company, Deed.CONNECT, at=late(company))
        assert (answer.is_allowed, answer.suggested_plan) == (is_allowed, suggested)
        assert entitlements.may(company, Deed.SYNC, at=late(company)).is_allowed

    def test_also_counts_in_the_trial(self, company, settings):
        settings.CONNECT_PLANS = ["enterprise"]
        assert not entitlements.may(company, Deed.CONNECT).is_allowed
        settings.CONNECT_PLANS = ["trial", "enterprise"]
        assert entitlements.may(company, Deed.CONNECT).is_allowed

    def test_changes_nothing_where_nothing_is_sold(self, company, settings):
        settings.STRIPE_SECRET_KEY, settings.CONNECT_PLANS = "", ["enterprise"]
        assert entitlements.may(company, Deed.CONNECT).is_allowed


@pytest.mark.parametrize("deed", [Deed.INSIGHTS, Deed.ADVANCED_INSIGHTS, Deed.PIX])
def test_rooms_that_ask_for_insights_or_pix_get_the_contracts_shape(company, deed):
    with pytest.raises(LimitReached) as refused:
        entitlements.require(company, deed, at=late(company))
    cheapest = {Deed.INSIGHTS: "professional", Deed.ADVANCED_INSIGHTS: "enterprise", Deed.PIX: "starter"}
    assert refused.value.details == {
        "current": 0,
        "limit": 0,
        "upgrade_required": True,
        "suggested_plan": cheapest[deed],
        "deed": deed.value,
    }
