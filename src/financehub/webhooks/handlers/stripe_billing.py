"""What Stripe's events about buying and paying make billing do: read the object again, then one domain call."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from financehub.billing import buying, customers, following, mirroring, tax_ids
from financehub.webhooks.handlers import stripe_cases, stripe_catalogue
from financehub.webhooks.handlers.stripe_reading import NOBODYS as NOBODYS
from financehub.webhooks.handlers.stripe_reading import Notices, about, before, company, each, rows
from financehub.webhooks.notices import Answer, Effect, Notice, as_text
from financehub.webhooks.sources.stripe import created_at


def tenant_of(notice: Notice) -> UUID | None:
    """Whose customer it is, by our own binding."""
    thing = about(notice)
    return customers.company_of(as_text(thing.get("id" if thing.get("object") == "customer" else "customer")))


def subscription_changed(notices: Notices) -> Effect:
    """The fetched subscription decides, whatever the event said."""
    return each(notices, "id", following.subscription_news)


def trial_ends(notices: Notices) -> Effect:
    """The same, and who pays is told what will be charged when a trial at Stripe is over."""
    return each(notices, "id", following.trial_ending)


def schedule_changed(notices: Notices) -> Effect:
    """A change planned for the end of the period came, moved or went."""
    return each(notices, "subscription", following.subscription_news)


def checkout_changed(notices: Notices) -> Effect:
    """A page at Stripe was paid, or closed unpaid."""
    return each(notices, "id", buying.mirror_checkout)


def checkout_failed(notices: Notices) -> Effect:
    """The boleto of a checkout was not paid in time."""
    return each(notices, "id", buying.fail_checkout)


def invoice_changed(notices: Notices) -> Effect:
    """Invoice, subscription and payments are read again."""
    return each(notices, "id", following.invoice_news)


def invoice_stuck(notices: Notices) -> Effect:
    """The same, and a person of the staff has to see why no money will come."""
    return each(notices, "id", following.invoice_not_finalized)


def invoice_late(notices: Notices) -> Effect:
    """The same for an invoice that was sent to be paid by hand."""
    return each(notices, "id", following.invoice_overdue)


def invoice_named(notices: Notices) -> Effect:
    """The same as an invoice's, where the event is about something on it."""
    return each(notices, "invoice", following.invoice_news)


def payment_changed(notices: Notices) -> Effect:
    """The one money row of an intent."""
    return each(notices, "id", mirroring.mirror_payment)


def payment_waits(notices: Notices) -> Effect:
    """The same, and a boleto of a renewal is told to who has to pay it."""
    return each(notices, "id", following.payment_waits)


def charge_changed(notices: Notices) -> Effect:
    """The same, told by its charge."""
    return each(notices, "payment_intent", mirroring.mirror_payment)


def customer_changed(notices: Notices) -> Effect:
    """The customer is read again; a new default card is tried on what is owed, an older one too if it became that."""
    chosen = {one.vendor_at for one in notices if _chooses_a_card(one)}
    at = max((moment for moment in chosen if moment), default=None)
    return each(notices, "id", lambda customer_id: following.customer_news(customer_id, chosen_at=at))


def _chooses_a_card(notice: Notice) -> bool:
    was, now = before(notice).get("invoice_settings"), about(notice).get("invoice_settings")
    name = "default_payment_method"
    return isinstance(was, dict) and isinstance(now, dict) and name in was and was[name] != now.get(name)


def card_taken_away(notices: Notices) -> Effect:
    """The customer is read again; the card itself is nobody's by then, and what it was before says whose."""
    owners = [owner for one in notices if (owner := as_text(before(one).get("customer")))]
    found = [following.customer_news(owner) for owner in dict.fromkeys(owners)]
    companies = [known for row in found if (known := company(row))]
    return Effect(companies[-1]) if companies else NOBODYS


def subscriptions_of_customer(notices: Notices) -> Effect:
    """Stripe's own entitlements are not used here; what they hang on is."""
    return each(notices, "customer", following.subscriptions_news)


def tax_id_changed(notices: Notices) -> Effect:
    """What is printed on the customer's invoices."""
    return each(notices, "customer", tax_ids.mirror_tax_ids)


def discount_changed(notices: Notices) -> Effect:
    """Who has which coupon: the subscription says it, and the event keeps one that was used up at once."""
    found = [following.discount_news(about(one)) for one in notices]
    companies = [known for row in found if (known := company(row))]
    return Effect(companies[-1]) if companies else each(notices, "customer", following.customer_news)


def card_changed(notices: Notices) -> Effect:
    """A card was saved or changed: a new one is tried on what is owed."""
    return each(notices, "id", following.card_news)


def card_renewed(notices: Notices) -> Effect:
    """Its network gave the card a new expiry: it is tried on what is owed, however long ago it was saved."""
    at = max((one.vendor_at for one in notices if one.vendor_at), default=None)
    return each(notices, "id", lambda method_id: following.card_renewed(method_id, at=at))


def card_saved(notices: Notices) -> Effect:
    """The same, told by the intent that saved it."""
    return each(notices, "payment_method", following.card_news)


def card_not_saved(notices: Notices) -> Effect:
    """The bank refused a card that somebody wanted to save: who pays is told."""
    tried = [(as_text(about(one).get("customer")), as_text(about(one).get("id"))) for one in notices]
    found = [following.card_refused(*one) for one in dict.fromkeys(tried)]
    companies = [known for row in found if (known := company(row))]
    return Effect(companies[-1]) if companies else NOBODYS


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
    return company(following.renewal_ahead(as_text(details.get("subscription")), due, renews_at))


def _first_day(invoice: Mapping[str, object]) -> datetime | None:
    """When the period begins that the invoice is for: the latest start among its lines."""
    lines = invoice.get("lines")
    rows = lines.get("data") if isinstance(lines, dict) else None
    periods = [row.get("period") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    starts = [created_at(period.get("start")) for period in periods if isinstance(period, dict)]
    return max((start for start in starts if start), default=None)


SUBSCRIPTION = "read the subscription: plan, period, state, discounts; access follows it"
INVOICE = "read the invoice, its subscription and payments; one row each"
PAYMENT = "read the payment and its charge: one money row"
CARD = "know the card; try it on what is owed"
INVOICES, INTENTS, CUSTOMERS = (
    "GET /v1/invoices/{id}",
    "GET /v1/payment_intents/{id}",
    "GET /v1/customers/{id}",
)
SUBSCRIPTIONS, SESSIONS = "GET /v1/subscriptions/{id}", "GET /v1/checkout/sessions/{id}"
METHODS = "GET /v1/payment_methods/{id}"

ANSWERS: dict[str, Answer] = {
    **rows(
        "TestASubscriptionEvent",
        subscription_changed,
        SUBSCRIPTION,
        SUBSCRIPTIONS,
        "customer.subscription: created updated deleted paused resumed "
        "pending_update_applied pending_update_expired",
    ),
    **rows(
        "TestASubscriptionEvent",
        trial_ends,
        "read the subscription; tell what will be charged when its trial at Stripe is over",
        SUBSCRIPTIONS,
        "customer.subscription: trial_will_end",
    ),
    **rows(
        "TestASubscriptionEvent",
        schedule_changed,
        "read its subscription: what is planned for the end of the period",
        "GET /v1/subscription_schedules/{id}",
        "subscription_schedule: created updated released completed canceled aborted expiring",
    ),
    **rows(
        "TestASubscriptionEvent",
        discount_changed,
        "read its subscription: which coupons it has; one that was used up at once is kept from the event",
        SUBSCRIPTIONS,
        "customer.discount: created updated deleted",
    ),
    **rows(
        "TestACheckoutEvent",
        checkout_changed,
        "read the session; its subscription's own state decides",
        SESSIONS,
        "checkout.session: completed async_payment_succeeded expired",
    ),
    **rows(
        "TestACheckoutEvent",
        checkout_failed,
        "the try at buying failed; another may begin",
        SESSIONS,
        "checkout.session: async_payment_failed",
    ),
    **rows(
        "TestAnInvoiceEvent",
        invoice_changed,
        INVOICE,
        INVOICES,
        "invoice: created finalized updated paid payment_succeeded payment_failed payment_action_required "
        "marked_uncollectible voided overpaid will_be_due deleted",
    ),
    **rows(
        "TestAnInvoiceEvent",
        invoice_stuck,
        "read the invoice; a task for the staff: no money will come",
        INVOICES,
        "invoice: finalization_failed",
    ),
    **rows(
        "TestAnInvoiceEvent",
        invoice_late,
        "read the invoice; a task for the staff",
        INVOICES,
        "invoice: overdue",
    ),
    **rows("TestAnInvoiceEvent", invoice_named, INVOICE, INVOICES, "invoice_payment: paid"),
    **rows(
        "TestAPaymentEvent",
        payment_changed,
        PAYMENT,
        INTENTS,
        "payment_intent: processing succeeded payment_failed canceled",
    ),
    **rows(
        "TestAPaymentEvent",
        payment_waits,
        "read the payment; tell of a boleto that waits",
        INTENTS,
        "payment_intent: requires_action",
    ),
    **rows(
        "TestAPaymentEvent",
        charge_changed,
        PAYMENT,
        "GET /v1/charges/{id}",
        "charge: succeeded failed pending updated refunded",
    ),
    **rows(
        "TestAPaymentEvent",
        renewal_ahead,
        "tell the owners what will be charged",
        "the event",
        "invoice: upcoming",
    ),
    **rows(
        "TestACustomerEvent",
        customer_changed,
        "read the customer and its card; a new card is tried on what is owed",
        CUSTOMERS,
        "customer: created updated deleted",
    ),
    **rows(
        "TestACustomerEvent",
        tax_id_changed,
        "read the customer's tax ids; one row each",
        "GET /v1/customers/{id}/tax_ids",
        "customer: tax_id.created tax_id.updated tax_id.deleted",
    ),
    **rows(
        "TestACustomerEvent",
        card_changed,
        CARD,
        METHODS,
        "payment_method: attached updated",
    ),
    **rows("TestACustomerEvent", card_renewed, CARD, METHODS, "payment_method: automatically_updated"),
    **rows(
        "TestACustomerEvent",
        card_taken_away,
        "read the customer whose it was again",
        CUSTOMERS,
        "payment_method: detached",
    ),
    **rows("TestACustomerEvent", card_saved, CARD, METHODS, "setup_intent: succeeded", "mandate: updated"),
    **rows(
        "TestACustomerEvent",
        card_not_saved,
        "tell the owners that the card was refused",
        CUSTOMERS,
        "setup_intent: setup_failed",
    ),
    **rows(
        "TestACustomerEvent",
        subscriptions_of_customer,
        "read the customer's subscriptions: our entitlements follow them, not Stripe's",
        SUBSCRIPTIONS,
        "entitlements.active_entitlement_summary: updated",
    ),
    **stripe_cases.ANSWERS,
    **stripe_catalogue.ANSWERS,
}
