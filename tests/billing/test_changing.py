"""Changing a live subscription: now or later, cancelled, kept, and what each costs by Stripe's own books."""

import pytest

from financehub.billing import changing, plans
from financehub.billing.changing import NoSubscription, NotPaid, SamePlan
from financehub.billing.models import Customer, Invoice, State, Subscription
from financehub.billing.plans import Period
from financehub.core.errors import Denied

pytestmark = pytest.mark.django_db


def change(shop, plan, period="monthly"):
    return changing.change(company=shop.company, plan_id=plan, period=period, by=shop.by)


def declined(shop):
    """The next try at this customer's card is refused."""
    customer = Customer.objects.of(shop.company).get().stripe_id
    shop.box.control("/outcomes", of=customer, outcomes=["insufficient_funds"])


class TestADearerPlan:
    def test_is_there_at_once_and_the_difference_paid(self, shop):
        shop.buy("starter", "monthly")
        expected = changing.preview_cents(shop.company, plans.PROFESSIONAL, Period.MONTHLY)
        row = change(shop, "professional")
        assert (row.plan_id, row.status) == ("professional", "active")
        shop.hear()
        bills = Invoice.objects.of(shop.company).order_by("created_at", "total_cents")
        assert sorted(bill.paid_cents for bill in bills) == sorted([2900, expected])
        assert expected == 5000

    def test_is_not_there_when_the_difference_cannot_be_paid(self, shop):
        shop.buy("starter", "monthly")
        customer = Customer.objects.of(shop.company).get().stripe_id
        shop.box.control("/outcomes", of=customer, outcomes=["insufficient_funds"])
        with pytest.raises(NotPaid):
            change(shop, "enterprise")
        shop.hear()
        assert Subscription.objects.of(shop.company).get().plan_id == "starter"

    def test_that_could_not_be_paid_leaves_a_planned_end_as_it_was(self, shop):
        row = shop.buy("starter", "monthly")
        changing.cancel(company=shop.company, by=shop.by)
        declined(shop)
        with pytest.raises(NotPaid):
            change(shop, "enterprise")
        assert shop.api.subscriptions.retrieve(row.stripe_id).cancel_at_period_end is True
        shop.hear()
        row.refresh_from_db()
        assert (row.plan_id, row.ends_at) == ("starter", row.period_end)

    def test_that_could_not_be_paid_leaves_a_planned_change_as_it_was(self, shop):
        row = shop.buy("professional", "monthly")
        change(shop, "starter")
        declined(shop)
        with pytest.raises(NotPaid):
            change(shop, "enterprise")
        shop.hear()
        row.refresh_from_db()
        assert (row.plan_id, row.next_plan_id, row.next_period) == ("professional", "starter", "monthly")

    def test_takes_the_place_of_a_planned_end(self, shop):
        row = shop.buy("starter", "monthly")
        changing.cancel(company=shop.company, by=shop.by)
        again = change(shop, "enterprise")
        assert (again.plan_id, again.ends_at) == ("enterprise", None)
        assert shop.api.subscriptions.retrieve(row.stripe_id).cancel_at_period_end is False


class TestACheaperPlan:
    def test_waits_for_the_end_of_the_period(self, moving_shop):
        moving_shop.buy("professional", "monthly")
        row = change(moving_shop, "starter")
        assert (row.plan_id, row.next_plan_id, row.next_period) == ("professional", "starter", "monthly")
        assert changing.preview_cents(moving_shop.company, plans.STARTER, Period.MONTHLY) == 0
        moving_shop.pass_time(days=31)
        moving_shop.pass_time(seconds=7200)
        row.refresh_from_db()
        assert (row.plan_id, row.next_plan_id) == ("starter", "")
        paid = (
            Invoice.objects.of(moving_shop.company)
            .order_by("created_at")
            .values_list("paid_cents", flat=True)
        )
        assert list(paid) == [7900, 2900]

    def test_that_was_planned_can_be_taken_back(self, shop):
        shop.buy("professional", "monthly")
        change(shop, "starter")
        row = changing.keep(company=shop.company, by=shop.by)
        assert (row.plan_id, row.next_plan_id, row.schedule_id) == ("professional", "", "")

    def test_gives_way_to_a_dearer_one(self, shop):
        shop.buy("professional", "monthly")
        change(shop, "starter")
        assert change(shop, "enterprise").plan_id == "enterprise"


class TestThePeriod:
    def test_becomes_yearly_at_once(self, shop):
        shop.buy("starter", "monthly")
        row = change(shop, "starter", "yearly")
        assert (row.plan_id, row.period) == ("starter", "yearly")
        assert (row.period_end - row.period_start).days == 365

    def test_becomes_monthly_at_the_end_of_the_year(self, shop):
        shop.buy("starter", "yearly")
        row = change(shop, "starter", "monthly")
        assert (row.period, row.next_plan_id, row.next_period) == ("yearly", "starter", "monthly")


class TestCancelling:
    def test_at_the_end_of_the_period_and_undoing_it(self, moving_shop):
        moving_shop.buy()
        row = changing.cancel(company=moving_shop.company, by=moving_shop.by)
        assert (row.status, row.ends_at) == ("active", row.period_end)
        row = changing.keep(company=moving_shop.company, by=moving_shop.by)
        assert row.ends_at is None
        changing.cancel(company=moving_shop.company, by=moving_shop.by)
        moving_shop.pass_time(days=32)
        row.refresh_from_db()
        assert (row.status, row.state, row.ended_because) == (
            "canceled",
            State.CANCELLED,
            "cancellation_requested",
        )

    def test_now_lets_the_company_buy_again(self, shop):
        shop.buy()
        assert changing.cancel(company=shop.company, by=shop.by, now=True).status == "canceled"
        shop.hear()
        shop.pay(shop.checkout("professional"))
        shop.hear()
        assert Subscription.objects.of(shop.company).live().get().plan_id == "professional"


class TestRefusals:
    def test_the_same_plan(self, shop):
        shop.buy("starter", "monthly")
        with pytest.raises(SamePlan):
            change(shop, "starter", "monthly")

    def test_nothing_to_change(self, shop):
        with pytest.raises(NoSubscription):
            change(shop, "starter")

    def test_somebody_who_may_not(self, shop, by_bruno):
        shop.buy()
        with pytest.raises(Denied):
            changing.cancel(company=shop.company, by=by_bruno)
