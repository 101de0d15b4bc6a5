"""What Stripe's events about money make billing do: read the object again, then one domain call."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from financehub.billing import (
    buying,
    cataloguing,
    customers,
    disputing,
    following,
    mirroring,
    refunding,
    stripe_account,
    suspecting,
)
from financehub.webhooks.notices import Answer, Effect, Handler, Notice, as_text
from financehub.webhooks.sources.stripe import created_at

Notices = Sequence[Notice]

log = structlog.get_logger()

NOBODYS = Effect(ignored_because="nobody's here")


def about(notice: Notice) -> Mapping[str, object]:
    """The object that the event tells of, as it was then."""
    data = notice.body.get("data")
    found = data.get("object") if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def ids(notices: Notices, field: str = "id") -> list[str]:
    """What the notices name under `field`, each once, in their order."""
    named = (as_text(about(notice).get(field)) for notice in notices)
    return [one for one in dict.fromkeys(named) if one]


def tenant_of(notice: Notice) -> UUID | None:
    """Whose customer it is, by our own binding."""
    thing = about(notice)
    return customers.company_of(as_text(thing.get("id" if thing.get("object") == "customer" else "customer")))


def _each(notices: Notices, field: str, act: Callable[[str], UUID | None]) -> Effect:
    companies = [found for one in ids(notices, field) if (found := act(one))]
    return Effect(companies[-1]) if companies else NOBODYS


def subscription_changed(notices: Notices) -> Effect:
    """The fetched subscription decides, whatever the event said."""
    return _each(notices, "id", _mirror_subscription)


def schedule_changed(notices: Notices) -> Effect:
    """A change planned for the end of the period came, moved or went."""
    return _each(notices, "subscription", _mirror_subscription)


def _mirror_subscription(stripe_id: str) -> UUID | None:
    return _company(following.subscription_news(stripe_id))


def checkout_changed(notices: Notices) -> Effect:
    """A page at Stripe was paid, or closed unpaid."""
    return _each(notices, "id", lambda one: _company(buying.mirror_checkout(one)))


def checkout_failed(notices: Notices) -> Effect:
    """The boleto of a checkout was not paid in time."""
    return _each(notices, "id", lambda one: _company(buying.fail_checkout(one)))


def _company(row: object) -> UUID | None:
    found = vars(row).get("company_id") if row is not None else None
    return found if isinstance(found, UUID) else None


def invoice_changed(notices: Notices) -> Effect:
    """Invoice, subscription and payments are read again."""
    return _each(notices, "id", lambda one: _company(following.invoice_news(one)))


def invoice_named(notices: Notices) -> Effect:
    """The same, where the event is about something on an invoice."""
    return _each(notices, "invoice", lambda one: _company(following.invoice_news(one)))


def payment_changed(notices: Notices) -> Effect:
    """The one money row of an intent."""
    return _each(notices, "id", lambda one: _company(mirroring.mirror_payment(one)))


def charge_changed(notices: Notices) -> Effect:
    """The same, told by its charge."""
    return _each(notices, "payment_intent", lambda one: _company(mirroring.mirror_payment(one)))


def refund_changed(notices: Notices) -> Effect:
    """A refund and the payment it belongs to."""
    return _each(notices, "id", lambda one: _company(refunding.mirror_refund(one)))


def dispute_changed(notices: Notices) -> Effect:
    """A dispute, its deadline and its payment."""
    return _each(notices, "id", lambda one: _company(disputing.mirror_dispute(one)))


def warning_changed(notices: Notices) -> Effect:
    """A suspicion of the issuer: the policy by amount decides, once."""
    return _each(notices, "id", lambda one: _company(suspecting.mirror_warning(one)))


def customer_changed(notices: Notices) -> Effect:
    """The customer is read again; a new default card is tried on what is owed."""
    return _each(notices, "id", lambda one: _company(following.customer_news(one)))


def customer_named(notices: Notices) -> Effect:
    """The same, where the event is about something of a customer."""
    return _each(notices, "customer", lambda one: _company(following.customer_news(one)))


def card_changed(notices: Notices) -> Effect:
    """A card was saved or renewed by its network: it is tried on what is owed."""
    return _each(notices, "id", lambda one: _company(following.card_news(one)))


def card_saved(notices: Notices) -> Effect:
    """The same, told by the intent that saved it."""
    return _each(notices, "payment_method", lambda one: _company(following.card_news(one)))


def catalogue_changed(_notices: Notices) -> Effect:
    """Somebody changed what is sold: compare with our plans and say aloud what differs; nothing is overwritten."""
    if not stripe_account.is_configured():
        return Effect(ignored_because="nothing is sold here")
    for line in cataloguing.drift():
        log.warning("stripe_catalogue_differs", difference=line)
    return Effect()


def renewal_ahead(notices: Notices) -> Effect:
    """The invoice does not exist yet: what the event says is all there is."""
    companies = [company_id for notice in notices if (company_id := _renewal_ahead(about(notice)))]
    return Effect(companies[-1]) if companies else NOBODYS


def _renewal_ahead(invoice: Mapping[str, object]) -> UUID | None:
    parent = invoice.get("parent")
    details = parent.get("subscription_details") if isinstance(parent, dict) else None
    due, renews_at = invoice.get("amount_due"), _first_day(invoice)
    if not isinstance(details, dict) or not isinstance(due, int) or renews_at is None:
        return None
    return _company(following.renewal_ahead(as_text(details.get("subscription")), due, renews_at))


def _first_day(invoice: Mapping[str, object]) -> datetime | None:
    """When the period begins that the invoice is for: the latest start among its lines."""
    lines = invoice.get("lines")
    rows = lines.get("data") if isinstance(lines, dict) else None
    periods = [row.get("period") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    starts = [created_at(period.get("start")) for period in periods if isinstance(period, dict)]
    return max((start for start in starts if start), default=None)


def _rows(test: str, handle: Handler, effect: str, truth: str, prefix: str, deeds: str) -> dict[str, Answer]:
    return {f"{prefix}.{deed}": Answer(handle, effect, truth, test) for deed in deeds.split()}


SUBSCRIPTION = "read the subscription: plan, period, state; access follows it"
INVOICE = "read the invoice, its subscription and payments; one row each"
PAYMENT = "read the payment and its charge: one money row"

ANSWERS: dict[str, Answer] = {
    **_rows(
        "TestASubscriptionEvent",
        subscription_changed,
        SUBSCRIPTION,
        "GET /v1/subscriptions/{id}",
        "customer.subscription",
        "created updated deleted paused resumed pending_update_applied pending_update_expired trial_will_end",
    ),
    **_rows(
        "TestASubscriptionEvent",
        schedule_changed,
        "read its subscription: what is planned for the end of the period",
        "GET /v1/subscription_schedules/{id}",
        "subscription_schedule",
        "created updated released completed canceled aborted expiring",
    ),
    **_rows(
        "TestACheckoutEvent",
        checkout_changed,
        "read the session; its subscription's own state decides",
        "GET /v1/checkout/sessions/{id}",
        "checkout.session",
        "completed async_payment_succeeded expired",
    ),
    **_rows(
        "TestACheckoutEvent",
        checkout_failed,
        "the try at buying failed; another may begin",
        "GET /v1/checkout/sessions/{id}",
        "checkout.session",
        "async_payment_failed",
    ),
    **_rows(
        "TestAnInvoiceEvent",
        invoice_changed,
        INVOICE,
        "GET /v1/invoices/{id}",
        "invoice",
        "created finalized updated paid payment_succeeded payment_failed payment_action_required "
        "marked_uncollectible voided overpaid finalization_failed overdue will_be_due deleted",
    ),
    **_rows("TestAnInvoiceEvent", invoice_named, INVOICE, "GET /v1/invoices/{id}", "invoice_payment", "paid"),
    **_rows(
        "TestAnInvoiceEvent",
        invoice_named,
        INVOICE,
        "GET /v1/invoices/{id}",
        "credit_note",
        "created updated voided",
    ),
    **_rows(
        "TestAPaymentEvent",
        payment_changed,
        PAYMENT,
        "GET /v1/payment_intents/{id}",
        "payment_intent",
        "processing succeeded payment_failed canceled requires_action",
    ),
    **_rows(
        "TestAPaymentEvent",
        charge_changed,
        PAYMENT,
        "GET /v1/charges/{id}",
        "charge",
        "succeeded failed pending updated refunded",
    ),
    **_rows(
        "TestAPaymentEvent",
        renewal_ahead,
        "tell the owners what will be charged",
        "the event",
        "invoice",
        "upcoming",
    ),
    **_rows(
        "TestARefundEvent",
        refund_changed,
        "read refund and payment; one row each",
        "GET /v1/refunds/{id}",
        "refund",
        "created updated failed",
    ),
    **_rows(
        "TestADisputeEvent",
        dispute_changed,
        "read the dispute: case, deadline, outcome; tell the owners",
        "GET /v1/disputes/{id}",
        "charge.dispute",
        "created updated closed funds_withdrawn funds_reinstated",
    ),
    **_rows(
        "TestAWarningEvent",
        warning_changed,
        "small: refund and cancel; large: a person decides",
        "GET /v1/radar/early_fraud_warnings/{id}",
        "radar.early_fraud_warning",
        "created updated",
    ),
    **_rows(
        "TestACustomerEvent",
        customer_changed,
        "read the customer and its card; a new card is tried on what is owed",
        "GET /v1/customers/{id}",
        "customer",
        "created updated deleted",
    ),
    **_rows(
        "TestACustomerEvent",
        customer_named,
        "read its customer again",
        "GET /v1/customers/{id}",
        "customer",
        "tax_id.created tax_id.updated tax_id.deleted discount.created discount.updated discount.deleted",
    ),
    **_rows(
        "TestACustomerEvent",
        card_changed,
        "know the card; try it on what is owed",
        "GET /v1/payment_methods/{id}",
        "payment_method",
        "attached automatically_updated updated",
    ),
    **_rows(
        "TestACustomerEvent",
        customer_named,
        "read its customer again",
        "GET /v1/customers/{id}",
        "payment_method",
        "detached",
    ),
    **_rows(
        "TestACustomerEvent",
        card_saved,
        "know the card; try it on what is owed",
        "GET /v1/payment_methods/{id}",
        "setup_intent",
        "succeeded",
    ),
    **_rows(
        "TestACustomerEvent",
        card_saved,
        "read its card again",
        "GET /v1/payment_methods/{id}",
        "mandate",
        "updated",
    ),
    **_rows(
        "TestACustomerEvent",
        customer_named,
        "read its customer again",
        "GET /v1/customers/{id}",
        "setup_intent",
        "setup_failed",
    ),
    **_rows(
        "TestACatalogueEvent",
        catalogue_changed,
        "compare with our plans, log what differs",
        "GET /v1/prices",
        "price",
        "created updated deleted",
    ),
    **_rows(
        "TestACatalogueEvent",
        catalogue_changed,
        "compare with our plans, log what differs",
        "GET /v1/products",
        "product",
        "created updated deleted",
    ),
    **_rows(
        "TestACatalogueEvent",
        catalogue_changed,
        "compare with our plans, log what differs",
        "GET /v1/billing_portal/configurations",
        "billing_portal.configuration",
        "created updated",
    ),
}
