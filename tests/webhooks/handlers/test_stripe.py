"""Each of the 99 names we subscribe to, told at the real door: stored, routed by its tier, visible, answered."""

import pytest
from tests.billing.shop import CPF, Shop
from tests.webhooks.stripe_knocks import stripe_body, stripe_knock

from financehub.billing import cataloguing
from financehub.billing.models import Checkout, Invoice, Payment, Subscription
from financehub.webhooks import handling
from financehub.webhooks.handlers.stripe import ANSWERS, BILLING, NOT_YET, ONLY_KEPT, TIERS
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db


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

    @pytest.mark.parametrize("name", sorted(BILLING))
    def test_about_nobody_here_changes_nothing(self, name, stripe_box):
        event = told(stripe_body(name))

        assert (event.status, event.company_id) == ("ignored", None)


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


class TestAnyOtherName:
    @pytest.mark.parametrize("name", ["payout.paid", "v1.invoice.paid"])
    def test_is_kept_as_unknown(self, name):
        assert told(stripe_body(name)).last_error == "unknown type"
