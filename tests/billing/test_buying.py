"""Buying a plan: who may, what is refused, and what two tabs come to."""

import pytest
from tests.billing.shop import CPF

from financehub.audit.recording import Actor
from financehub.billing import buying, standing
from financehub.billing.buying import AlreadySubscribed, PlanUnknown
from financehub.billing.models import Checkout, Customer, State
from financehub.core.errors import Denied

pytestmark = pytest.mark.django_db


class TestStartingACheckout:
    def test_makes_the_customer_once_and_names_company_plan_and_period(self, shop):
        first = shop.checkout("professional", "yearly")
        second = shop.checkout("professional", "yearly")
        customers = shop.api.customers.list({}).data
        assert [one.metadata["company_id"] for one in customers] == [str(shop.company.pk)]
        session = shop.api.checkout.sessions.retrieve(second.stripe_id)
        assert session.metadata["plan_id"] == "professional"
        assert session.metadata["billing_period"] == "yearly"
        assert session.metadata["company_id"] == str(shop.company.pk)
        assert session.amount_total == 79000
        assert shop.api.checkout.sessions.retrieve(first.stripe_id).status == "expired"
        assert Checkout.objects.of(shop.company).get(pk=first.pk).status == "expired"

    @pytest.mark.parametrize(
        ("plan", "period"), [("gold", "monthly"), ("starter", "weekly"), ("trial", "monthly")]
    )
    def test_refuses_what_is_not_for_sale(self, shop, plan, period):
        with pytest.raises(PlanUnknown):
            shop.checkout(plan, period)
        assert Customer.objects.of(shop.company).count() == 0

    def test_is_for_owners_and_admins(self, shop, bruno, by_bruno):
        with pytest.raises(Denied):
            buying.start_checkout(
                company=shop.company, user=bruno, plan_id="starter", period="monthly", by=by_bruno
            )

    def test_refuses_a_second_subscription(self, shop):
        shop.buy()
        with pytest.raises(AlreadySubscribed):
            shop.checkout()

    def test_refuses_it_even_before_any_event_arrived(self, shop):
        shop.pay(shop.checkout())
        with pytest.raises(AlreadySubscribed):
            shop.checkout()


class TestAPaidCheckout:
    def test_gives_the_plan(self, shop):
        subscription = shop.buy("professional", "monthly")
        assert (subscription.status, subscription.plan_id, subscription.period) == (
            "active",
            "professional",
            "monthly",
        )
        now = standing.of(shop.company)
        assert (now.plan.id, now.state) == ("professional", State.ACTIVE)
        assert Checkout.objects.of(shop.company).get().status == "complete"

    def test_is_paid_by_a_card_that_the_page_can_name(self, shop):
        shop.buy("starter")
        customer = Customer.objects.of(shop.company).get()
        assert (customer.card_brand, customer.card_last4) == ("visa", "4242")

    def test_that_was_only_opened_gives_nothing(self, shop):
        checkout = shop.checkout()
        assert buying.mirror_checkout(checkout.stripe_id).status == "open"
        assert standing.of(shop.company).plan.id == "trial"

    def test_by_boleto_is_processing_until_the_money_comes(self, shop):
        checkout = shop.checkout()
        shop.pay(checkout, boleto=CPF, email="ana@example.com", name="Ana")
        shop.hear()
        assert Checkout.objects.of(shop.company).get().status == "processing"
        session = shop.api.checkout.sessions.retrieve(checkout.stripe_id)
        assert session.payment_status == "unpaid"


class TestSomebodyElsesSession:
    def test_is_not_ours(self, shop):
        assert buying.mirror_checkout("cs_test_of_nobody") is None


def test_the_system_may_not_be_a_vendor(shop):
    with pytest.raises(Denied):
        buying.start_checkout(
            company=shop.company, user=shop.user, plan_id="starter", period="monthly", by=Actor("vendor")
        )
