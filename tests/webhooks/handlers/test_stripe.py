"""Each of the 99 names we subscribe to, told at the real door: stored, routed by its tier, visible, answered."""

import pytest
from structlog.testing import capture_logs
from tests.billing.shop import CPF, Shop
from tests.webhooks.stripe_knocks import stripe_body, stripe_knock

from financehub.billing import cataloguing
from financehub.billing.models import (
    Checkout,
    CreditNote,
    Customer,
    Dispute,
    FraudWarning,
    Invoice,
    Notice,
    Payment,
    PromotionCode,
    Refund,
    StaffTask,
    Subscription,
)
from financehub.core import clock
from financehub.webhooks import handling
from financehub.webhooks.concluding import LOOKS_BEFORE_PARKING
from financehub.webhooks.handlers.stripe import ANSWERS, BILLING, NOT_YET, ONLY_KEPT, STRANGER, TIERS
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db

CATALOGUE = ("price.", "product.", "billing_portal.", "coupon.", "promotion_code.")


@pytest.fixture
def shop(stripe_box, bakery, ana):
    cataloguing.set_up()
    return Shop(stripe_box, bakery, ana)


def told(sent):
    """The event as the inbox left it."""
    assert stripe_knock(sent).status_code == 202
    event = WebhookEvent.objects.get(external_id=sent["id"])
    handling.handle_event(str(event.pk))
    event.refresh_from_db()
    return event


def tell_all(shop, prefix):
    """Every event of that kind that Stripe really made, through the door; how each ended."""
    events = [event for event in shop.events() if event["type"].startswith(prefix)]
    return {event["type"]: told(event).status for event in events}


class TestEveryStripeEvent:
    @pytest.mark.parametrize("name", sorted(set(ANSWERS) - set(BILLING)))
    def test_arrives_and_is_routed_by_its_tier(self, name):
        event = told(stripe_body(name))

        assert (event.source, event.type, event.status) == ("stripe", name, "ignored")
        assert event.last_error == (ONLY_KEPT if TIERS[name] == "D" else NOT_YET)

    @pytest.mark.parametrize("name", sorted(name for name in BILLING if not name.startswith(CATALOGUE)))
    def test_about_nobody_here_changes_nothing_and_waits_for_a_person(self, name, stripe_box):
        event = told(stripe_body(name))
        assert (event.status, event.company_id, event.last_error) == ("deferred", None, STRANGER)
        assert event.due_at is not None  # our own row may be a moment late

        for _ in range(LOOKS_BEFORE_PARKING - 1):
            WebhookEvent.objects.update(due_at=clock.now())
            handling.handle_event(str(event.pk))
        event.refresh_from_db()
        assert (event.attempts, event.is_parked) == (LOOKS_BEFORE_PARKING, True)


class TestASubscriptionEvent:
    def test_mirrors_the_subscription_for_its_company(self, shop):
        shop.pay(shop.checkout())
        assert set(tell_all(shop, "customer.subscription.").values()) == {"handled"}
        row = Subscription.objects.of(shop.company).get()
        assert (row.status, row.plan_id, row.period) == ("active", "starter", "monthly")
        event = WebhookEvent.objects.get(type="customer.subscription.created")
        assert event.company_id == shop.company.pk


class TestACheckoutEvent:
    def test_completes_the_checkout(self, shop):
        shop.pay(shop.checkout())
        assert tell_all(shop, "checkout.session.") == {"checkout.session.completed": "handled"}
        assert Checkout.objects.of(shop.company).get().status == "complete"

    def test_of_an_expired_boleto_lets_another_begin(self, shop):
        shop.pay(shop.checkout(), boleto=CPF, email="ana@example.com", name="Ana")
        tell_all(shop, "checkout.session.")
        intent = shop.api.payment_intents.list({}).data[0]
        shop.box.control(f"/payment_intents/{intent.id}/expire_boleto")
        assert tell_all(shop, "checkout.session.async") == {
            "checkout.session.async_payment_failed": "handled"
        }
        assert Checkout.objects.of(shop.company).get().status == "failed"


class TestAnInvoiceEvent:
    def test_mirrors_invoice_subscription_and_payment(self, shop):
        shop.pay(shop.checkout("professional", "yearly"))
        assert set(tell_all(shop, "invoice").values()) == {"handled"}
        invoice = Invoice.objects.of(shop.company).get()
        assert (invoice.status, invoice.paid_cents, invoice.currency) == ("paid", 79000, "brl")
        payment = Payment.objects.of(shop.company).get()
        assert (payment.status, payment.received_cents, payment.invoice_id) == (
            "succeeded",
            79000,
            invoice.pk,
        )
        assert Subscription.objects.of(shop.company).get().status == "active"


class TestAPaymentEvent:
    def test_keeps_one_money_row(self, shop):
        shop.pay(shop.checkout())
        tell_all(shop, "payment_intent.")
        tell_all(shop, "charge.")
        payment = Payment.objects.of(shop.company).get()
        assert (payment.status, payment.amount_cents, payment.method, payment.card_last4) == (
            "succeeded",
            2900,
            "card",
            "4242",
        )


class TestARefundEvent:
    def test_mirrors_refund_and_payment(self, shop):
        shop.buy()
        intent = Payment.objects.of(shop.company).get().stripe_id
        shop.api.refunds.create({"payment_intent": intent})
        assert set(tell_all(shop, "refund.").values()) == {"handled"}
        refund = Refund.objects.of(shop.company).get()
        assert (refund.amount_cents, refund.status) == (2900, "succeeded")
        assert Payment.objects.of(shop.company).get().status == "refunded"


class TestADisputeEvent:
    def test_opens_the_case_with_its_deadline(self, shop):
        shop.buy()
        shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/dispute")
        assert set(tell_all(shop, "charge.dispute.").values()) == {"handled"}
        dispute = Dispute.objects.of(shop.company).get()
        assert (dispute.status, dispute.amount_cents, dispute.due_at is None) == (
            "needs_response",
            2900,
            False,
        )


class TestAWarningEvent:
    def test_is_decided_by_the_amount(self, shop):
        shop.buy()
        shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/warn")
        assert set(tell_all(shop, "radar.").values()) == {"handled"}
        assert FraudWarning.objects.of(shop.company).get().outcome == "refunded"


class TestACustomerEvent:
    def test_knows_the_new_card(self, shop):
        shop.buy()
        customer = Customer.objects.of(shop.company).get()
        method = shop.api.payment_methods.attach("pm_card_mastercard", {"customer": customer.stripe_id})
        shop.api.customers.update(
            customer.stripe_id, {"invoice_settings": {"default_payment_method": method.id}}
        )
        assert set(tell_all(shop, "customer.updated").values()) == {"handled"}
        customer.refresh_from_db()
        assert (customer.card_brand, customer.card_last4) == ("mastercard", "4444")

    def test_about_something_that_is_gone_is_done_and_waits_for_nobody(self, shop):
        shop.buy()
        customer = Customer.objects.of(shop.company).get()
        shop.api.payment_methods.attach("pm_card_mastercard", {"customer": customer.stripe_id})
        event = next(one for one in reversed(shop.events()) if one["type"] == "payment_method.attached")
        shop.api.payment_methods.detach(event["data"]["object"]["id"])
        left = told(event)
        assert (left.status, left.company_id) == ("handled", shop.company.pk)

    def test_of_a_card_that_was_taken_away_reads_the_customer_whose_it_was(self, shop):
        shop.buy()
        customer = Customer.objects.of(shop.company).get()
        method = shop.api.payment_methods.attach("pm_card_mastercard", {"customer": customer.stripe_id})
        shop.api.payment_methods.detach(method.id)
        left = told(next(one for one in shop.events() if one["type"] == "payment_method.detached"))
        assert (left.status, left.company_id) == ("handled", shop.company.pk)

    def test_of_an_entitlement_reads_the_subscriptions(self, shop):
        shop.pay(shop.checkout())
        customer = Customer.objects.of(shop.company).get().stripe_id
        event = stripe_body("entitlements.active_entitlement_summary.updated")
        event["data"]["object"] |= {"customer": customer}
        event["data"]["object"].pop("id")
        assert told(event).status == "handled"
        assert Subscription.objects.of(shop.company).get().status == "active"


class TestACatalogueEvent:
    def test_says_aloud_what_differs(self, shop):
        price = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0]
        shop.api.prices.update(price.id, {"active": False})
        with capture_logs() as lines:
            assert tell_all(shop, "price.updated") == {"price.updated": "handled"}
        said = [line["difference"] for line in lines if line["event"] == "stripe_catalogue_differs"]
        assert said == [
            "price starter_month_brl: missing or inactive",
            "portal: subscription_update.products differs",
        ]
        assert StaffTask.objects.get().kind == "catalogue"


class TestACreditNoteEvent:
    def test_keeps_the_note(self, shop):
        row = shop.buy()
        shop.api.credit_notes.create({"invoice": row.latest_invoice_id, "refund_amount": 500})
        assert set(tell_all(shop, "credit_note.").values()) == {"handled"}
        assert CreditNote.objects.of(shop.company).get().amount_cents == 500


class TestAReviewEvent:
    def test_is_a_task_for_the_staff(self, shop):
        shop.buy()
        shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/review")
        assert tell_all(shop, "review.") == {"review.opened": "handled"}
        assert StaffTask.objects.get().kind == "review"


class TestACouponEvent:
    def test_copies_coupon_and_code(self, shop):
        coupon = shop.api.coupons.create({"percent_off": 20, "duration": "once"})
        terms = {"promotion": {"type": "coupon", "coupon": coupon.id}, "code": "VINTE"}
        shop.api.promotion_codes.create(terms)
        assert set(tell_all(shop, "coupon.").values()) == {"handled"}
        assert set(tell_all(shop, "promotion_code.").values()) == {"handled"}
        assert PromotionCode.objects.get().coupon.percent_hundredths == 2000


class TestANotificationOfTierC:
    def test_of_a_card_that_was_not_saved_tells_who_pays(self, shop):
        shop.buy()
        customer = Customer.objects.of(shop.company).get().stripe_id
        event = stripe_body("setup_intent.setup_failed")
        event["data"]["object"] |= {"id": "seti_1", "customer": customer}
        assert told(event).status == "handled"
        assert Notice.objects.of(shop.company).filter(kind="card_refused").count() == 1

    @pytest.mark.parametrize(
        ("name", "status", "kind"),
        [("invoice.finalization_failed", "draft", "not_finalized"), ("invoice.overdue", "open", "overdue")],
    )
    def test_of_an_invoice_that_brings_no_money_is_a_task_until_it_is_paid(self, shop, name, status, kind):
        shop.buy()
        customer = Customer.objects.of(shop.company).get().stripe_id
        shop.api.invoice_items.create({"customer": customer, "amount": 700, "currency": "brl"})
        invoice = shop.api.invoices.create(
            {"customer": customer, "pending_invoice_items_behavior": "include"}
        ).id
        if status == "open":
            shop.api.invoices.finalize_invoice(invoice)
        event = stripe_body(name)
        event["data"]["object"] |= {"id": invoice, "customer": customer}
        assert told(event).status == "handled"
        task = StaffTask.objects.get()
        assert (task.kind, task.about, task.closed_at) == (kind, invoice, None)
        shop.api.invoices.pay(invoice, {"paid_out_of_band": True})
        tell_all(shop, "invoice.paid")
        assert StaffTask.objects.get().closed_at is not None

    def test_of_a_trial_at_stripe_says_what_will_be_charged(self, shop):
        row = shop.buy()
        customer = Customer.objects.of(shop.company).get().stripe_id
        shop.api.subscriptions.cancel(row.stripe_id)
        shop.hear()
        price = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].id
        trial = {"customer": customer, "items": [{"price": price}], "trial_period_days": 3}
        made = shop.api.subscriptions.create(trial)
        event = stripe_body("customer.subscription.trial_will_end")
        event["data"]["object"] |= {"id": made.id, "customer": customer}
        assert told(event).status == "handled"
        assert Notice.objects.of(shop.company).get(kind="renewal_ahead").subject.startswith(made.id)


class TestAnyOtherName:
    @pytest.mark.parametrize("name", ["payout.paid", "v1.invoice.paid"])
    def test_is_kept_as_unknown(self, name):
        assert told(stripe_body(name)).last_error == "unknown type"
