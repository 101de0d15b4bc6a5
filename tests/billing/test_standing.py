"""Which plan is in force: by subscription, by trial, or none."""

from datetime import timedelta

import pytest
from tests.builders import make_company

from financehub.billing import standing
from financehub.billing.models import Customer, DunningCase, Invoice, State, Subscription
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    return make_company()


def make_subscription(company, status="active", **fields):
    at = clock.now()
    Customer.objects.of(company).get_or_create(
        company=company, defaults={"stripe_id": f"cus_{company.pk}", "created_at": at}
    )
    values = {
        "stripe_id": f"sub_{Subscription.objects.of(company).count()}",
        "status": status,
        "plan_id": "starter",
        "period": "monthly",
        "period_start": at,
        "period_end": at + timedelta(days=30),
        "created_at": at,
        "observed_at": at,
        **fields,
    }
    return Subscription.objects.create(company=company, **values)


def make_case(subscription, first_failed_at):
    invoice = Invoice.objects.create(
        company=subscription.company,
        stripe_id="in_1",
        subscription=subscription,
        status="open",
        collection_method="charge_automatically",
        currency="brl",
        total_cents=2900,
        due_cents=2900,
        paid_cents=0,
        remaining_cents=2900,
        created_at=first_failed_at,
        observed_at=first_failed_at,
    )
    return DunningCase.objects.create(
        company=subscription.company, invoice=invoice, first_failed_at=first_failed_at
    )


class TestWithoutAKey:
    def test_everything_is_unlimited(self, settings):
        settings.STRIPE_SECRET_KEY = ""
        now = standing.of(make_company())
        assert (now.plan.id, now.state, now.plan.limits.bank_accounts) == ("self_hosted", None, None)


class TestTheTrial:
    def test_runs_fourteen_days_with_the_limits_of_professional(self, company):
        now = standing.of(company, at=company.created_at + timedelta(days=13, hours=23))
        assert (now.plan.id, now.state) == ("trial", State.TRIAL)
        assert now.plan.limits.transactions == 5000
        assert now.days_left(company.created_at + timedelta(days=11)) == 3

    def test_ends_to_the_instant(self, company):
        now = standing.of(company, at=company.created_at + timedelta(days=14))
        assert (now.plan.id, now.state) == ("read_only", State.EXPIRED)


class TestASubscription:
    @pytest.mark.parametrize(
        ("status", "plan", "state"),
        [
            ("active", "starter", State.ACTIVE),
            ("trialing", "starter", State.TRIAL),
            ("past_due", "starter", State.PAST_DUE),
            ("canceled", "read_only", State.CANCELLED),
            ("unpaid", "read_only", State.EXPIRED),
            ("incomplete", "read_only", State.EXPIRED),
            ("incomplete_expired", "read_only", State.EXPIRED),
            ("paused", "read_only", State.EXPIRED),
            ("a status of next year", "read_only", State.EXPIRED),
        ],
    )
    def test_gives_what_its_status_says_once_the_trial_is_over(self, company, status, plan, state):
        make_subscription(company, status)
        now = standing.of(company, at=company.created_at + timedelta(days=20))
        assert (now.plan.id, now.state) == (plan, state)

    def test_of_a_price_that_is_not_ours_gives_nothing(self, company):
        make_subscription(company, plan_id="")
        assert standing.of(company, at=company.created_at + timedelta(days=20)).plan.id == "read_only"

    def test_that_is_past_due_keeps_its_plan_until_day_14(self, company):
        failed = company.created_at + timedelta(days=40)
        make_case(make_subscription(company, "past_due"), failed)
        before = standing.of(company, at=failed + timedelta(days=13, hours=23))
        after = standing.of(company, at=failed + timedelta(days=14))
        assert (before.plan.id, after.plan.id) == ("starter", "read_only")

    def test_that_is_live_wins_over_an_older_one_that_ended(self, company):
        make_subscription(company, "canceled", created_at=clock.now() - timedelta(days=90))
        make_subscription(company, "active", plan_id="enterprise", created_at=clock.now() - timedelta(days=1))
        assert standing.of(company).plan.id == "enterprise"
