"""What one news means: the sixteen orders in which Stripe may tell it, one test each."""

import pytest
from tests.billing.shop import CPF, DISPUTED, SUSPECTED, tell

from financehub.billing import refunding, standing
from financehub.billing.models import (
    Checkout,
    Customer,
    Dispute,
    DunningCase,
    FraudWarning,
    Invoice,
    Notice,
    Payment,
    Refund,
    State,
    Subscription,
)

pytestmark = pytest.mark.django_db


def by_type(shop, name):
    return [event for event in shop.events() if event["type"] == name]


def tell_only(shop, *names):
    """Only these events, in the order of their names here."""
    for name in names:
        for event in by_type(shop, name):
            tell(event)


def bought(shop):
    return Subscription.objects.of(shop.company).get()


class TestAnyOrder:
    @pytest.mark.parametrize(
        "order",
        [
            ("checkout.session.completed", "customer.subscription.created"),
            ("customer.subscription.created", "checkout.session.completed"),
        ],
    )
    def test_1_subscription_created_before_or_after_checkout_completed(self, shop, order):
        shop.pay(shop.checkout())
        tell_only(shop, *order)
        assert bought(shop).status == "active"
        assert Checkout.objects.of(shop.company).get().status == "complete"

    def test_2_an_invoice_paid_before_its_subscription_was_created(self, shop):
        shop.pay(shop.checkout())
        tell_only(shop, "invoice.paid")
        assert (bought(shop).status, Invoice.objects.of(shop.company).get().subscription) == (
            "active",
            bought(shop),
        )

    def test_3_an_update_that_is_told_after_the_end(self, shop):
        row = shop.buy()
        updates = by_type(shop, "customer.subscription.updated")
        shop.api.subscriptions.cancel(row.stripe_id)
        shop.hear()
        for event in [*by_type(shop, "customer.subscription.created"), *updates]:
            tell(event)
        row.refresh_from_db()
        assert (row.status, row.state) == ("canceled", State.CANCELLED)

    def test_4_a_failure_told_after_the_payment_of_the_same_invoice(self, moving_shop):
        shop = moving_shop
        shop.buy()
        customer = Customer.objects.of(shop.company).get()
        shop.box.control("/outcomes", of=customer.stripe_id, outcomes=["insufficient_funds"])
        shop.box.advance(days=31)
        shop.box.advance(seconds=7200)
        failures = by_type(shop, "invoice.payment_failed")
        shop.api.invoices.pay(failures[0]["data"]["object"]["id"])
        tell_only(shop, "invoice.paid")
        for event in failures:
            tell(event)
        assert DunningCase.objects.of(shop.company).count() == 0
        assert bought(shop).status == "active"

    def test_5_a_dispute_closed_before_it_was_created(self, shop):
        dispute = disputed(shop)
        shop.box.control(f"/disputes/{dispute.id}/lose")
        tell_only(shop, "charge.dispute.closed", "charge.dispute.created")
        row = Dispute.objects.of(shop.company).get()
        assert (row.status, row.amount_cents) == ("lost", 2900)

    def test_6_a_refund_updated_before_it_was_created(self, shop):
        shop.buy()
        payment = Payment.objects.of(shop.company).get()
        shop.api.refunds.create({"payment_intent": payment.stripe_id, "amount": 900})
        tell_only(shop, "refund.updated")
        first = Refund.objects.of(shop.company).get()
        tell_only(shop, "refund.created")
        assert Refund.objects.of(shop.company).get() == first
        assert (first.amount_cents, first.status) == (900, "succeeded")

    def test_7_a_refund_told_by_its_charge_and_by_itself_is_booked_once(self, shop):
        shop.buy()
        payment = Payment.objects.of(shop.company).get()
        shop.api.refunds.create({"payment_intent": payment.stripe_id, "amount": 900})
        tell_only(shop, "charge.refunded", "refund.created", "charge.refunded", "refund.created")
        refund = Refund.objects.of(shop.company).get()
        payment.refresh_from_db()
        assert (refund.amount_cents, payment.refunded_cents, payment.status) == (900, 900, "succeeded")

    def test_8_three_events_of_one_payment_are_one_money_row(self, shop):
        shop.pay(shop.checkout())
        tell_only(shop, "invoice_payment.paid", "invoice.paid", "invoice.payment_succeeded", "invoice.paid")
        payment = Payment.objects.of(shop.company).get()
        assert (payment.received_cents, Invoice.objects.of(shop.company).get().paid_cents) == (2900, 2900)

    def test_9_a_trial_invoice_of_nothing_is_no_revenue(self, shop):
        trial = with_trial(shop)
        invoices = Invoice.objects.of(shop.company).filter(subscription__stripe_id=trial.id)
        assert [(one.status, one.paid_cents) for one in invoices] == [("paid", 0)]
        assert [one.received_cents for one in Payment.objects.of(shop.company)] == [2900]

    def test_10_the_end_of_a_trial_that_was_cancelled_is_no_news(self, shop):
        trial = with_trial(shop)
        shop.api.subscriptions.cancel(trial.id)
        event = by_type(shop, "customer.subscription.created")[-1]
        tell({**event, "type": "customer.subscription.trial_will_end"})
        assert Subscription.objects.of(shop.company).get(stripe_id=trial.id).status == "canceled"
        assert not Notice.objects.of(shop.company).filter(kind="renewal_ahead").exists()

    def test_11_a_customer_deleted_with_an_open_case(self, moving_shop):
        shop = moving_shop
        shop.buy()
        customer = Customer.objects.of(shop.company).get()
        shop.box.control("/outcomes", of=customer.stripe_id, outcomes=["insufficient_funds"])
        shop.pass_time(days=31)
        shop.pass_time(seconds=7200)
        assert DunningCase.objects.of(shop.company).get().status == "open"
        shop.api.customers.delete(customer.stripe_id)
        shop.hear()
        customer.refresh_from_db()
        assert customer.deleted_at is not None
        assert bought(shop).status == "canceled"
        assert DunningCase.objects.of(shop.company).get().status == "stopped"

    def test_12_a_downgrade_planned_and_taken_back(self, shop):
        row = shop.buy("professional", "monthly")
        api = shop.api
        schedule = api.subscription_schedules.create({"from_subscription": row.stripe_id})
        price = api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].id
        phase = schedule.phases[0]
        api.subscription_schedules.update(
            schedule.id,
            {
                "end_behavior": "release",
                "phases": [
                    {
                        "items": [{"price": phase["items"][0].price}],
                        "start_date": phase.start_date,
                        "end_date": phase.end_date,
                    },
                    {"items": [{"price": price}], "duration": {"interval": "month"}},
                ],
            },
        )
        shop.hear()
        row.refresh_from_db()
        assert (row.plan_id, row.next_plan_id, row.next_period) == ("professional", "starter", "monthly")
        api.subscription_schedules.release(schedule.id)
        shop.hear()
        row.refresh_from_db()
        assert (row.plan_id, row.next_plan_id, row.schedule_id) == ("professional", "", "")

    def test_13_an_upgrade_that_was_not_paid_changes_nothing_and_then_expires(self, moving_shop):
        shop = moving_shop
        row = shop.buy()
        customer = Customer.objects.of(shop.company).get().stripe_id
        shop.box.control("/outcomes", of=customer, outcomes=["insufficient_funds"])
        price = shop.api.prices.list({"lookup_keys": ["enterprise_month_brl"]}).data[0].id
        shop.api.subscriptions.update(
            row.stripe_id,
            {
                "items": [{"id": row.item_id, "price": price}],
                "proration_behavior": "always_invoice",
                "payment_behavior": "pending_if_incomplete",
            },
        )
        shop.hear()
        row.refresh_from_db()
        assert (row.plan_id, standing.of(shop.company).plan.id) == ("starter", "starter")
        shop.pass_time(days=1)
        assert by_type(shop, "customer.subscription.pending_update_expired")
        row.refresh_from_db()
        assert (row.plan_id, row.status) == ("starter", "active")
        assert [one.received_cents for one in Payment.objects.of(shop.company) if one.received_cents] == [
            2900
        ]

    def test_14_an_object_that_is_gone_is_done(self, shop):
        shop.buy()
        event = by_type(shop, "invoice.paid")[0]
        event["data"]["object"]["id"] = "in_that_is_gone"
        tell(event)
        assert Invoice.objects.of(shop.company).count() == 1

    def test_15_a_boleto_paid_later(self, shop):
        checkout = shop.checkout()
        shop.pay(checkout, boleto=CPF, email="ana@example.com", name="Ana")
        shop.hear()
        assert Payment.objects.of(shop.company).get().status == "processing"
        intent = Payment.objects.of(shop.company).get().stripe_id
        shop.box.control(f"/payment_intents/{intent}/pay_boleto")
        shop.hear()
        checkout.refresh_from_db()
        payment = Payment.objects.of(shop.company).get()
        assert (checkout.status, payment.status, bought(shop).status) == ("complete", "succeeded", "active")

    def test_15_a_boleto_that_expired_gives_nothing(self, shop):
        checkout = shop.checkout()
        shop.pay(checkout, boleto=CPF, email="ana@example.com", name="Ana")
        intent = shop.api.payment_intents.list({}).data[0].id
        shop.box.control(f"/payment_intents/{intent}/expire_boleto")
        shop.hear()
        checkout.refresh_from_db()
        assert checkout.status == "failed"
        assert not bought(shop).is_live
        assert shop.checkout().status == "open"

    def test_15_a_completion_told_after_the_boleto_expired_opens_nothing_again(self, shop):
        checkout = shop.checkout()
        shop.pay(checkout, boleto=CPF, email="ana@example.com", name="Ana")
        intent = shop.api.payment_intents.list({}).data[0].id
        shop.box.control(f"/payment_intents/{intent}/expire_boleto")
        tell_only(shop, "checkout.session.async_payment_failed", "checkout.session.completed")
        checkout.refresh_from_db()
        assert checkout.status == "failed"

    def test_16_two_tabs_paid_keep_the_first_and_refund_the_second(self, shop):
        first = shop.buy()
        customer = Customer.objects.of(shop.company).get().stripe_id
        price = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].id
        card = shop.api.payment_methods.list({"customer": customer}).data[0].id
        second = {"customer": customer, "items": [{"price": price}], "default_payment_method": card}
        shop.api.subscriptions.create(second)
        shop.hear()
        rows = Subscription.objects.of(shop.company)
        assert sorted(row.status for row in rows) == ["active", "canceled"]
        refund = Refund.objects.of(shop.company).get()
        assert (refund.amount_cents, refund.status, refund.reason) == (2900, "succeeded", "duplicate")
        live = rows.live().get()
        assert live.created_at == first.created_at
        assert Notice.objects.of(shop.company).filter(kind="second_subscription").count() == 1


def with_trial(shop):
    """A subscription that was bought is cancelled, and the staff gives a trial at Stripe instead."""
    row = shop.buy()
    customer = Customer.objects.of(shop.company).get().stripe_id
    shop.api.subscriptions.cancel(row.stripe_id)
    price = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].id
    trial = {"customer": customer, "items": [{"price": price}], "trial_period_days": 3}
    made = shop.api.subscriptions.create(trial)
    shop.hear()
    return made


def disputed(shop):
    """The dispute that the card brings a few seconds after the payment."""
    shop.pay(shop.checkout(), card=DISPUTED)
    shop.box.advance(seconds=10)
    return shop.api.disputes.list({}).data[0]


class TestADispute:
    def test_freezes_refunds_of_its_payment(self, shop):
        disputed(shop)
        shop.hear()
        payment = Payment.objects.of(shop.company).get()
        with pytest.raises(refunding.NotRefundable):
            refunding.refund(payment=payment, reason="requested_by_customer", by=shop.by)


class TestAWarning:
    def test_of_a_small_payment_refunds_and_cancels(self, shop):
        shop.pay(shop.checkout(), card=SUSPECTED)
        shop.box.advance(seconds=10)
        shop.hear()
        warning = FraudWarning.objects.of(shop.company).get()
        assert warning.outcome == "refunded"
        assert Payment.objects.of(shop.company).get().status == "refunded"
        assert bought(shop).status == "canceled"
        assert Refund.objects.of(shop.company).get().reason == "fraudulent"

    def test_of_a_large_payment_waits_for_a_person(self, shop):
        shop.pay(shop.checkout("enterprise", "yearly"), card=SUSPECTED)
        shop.box.advance(seconds=10)
        shop.hear()
        assert FraudWarning.objects.of(shop.company).get().outcome == "review"
        assert (Payment.objects.of(shop.company).get().status, bought(shop).status) == ("succeeded", "active")
