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
