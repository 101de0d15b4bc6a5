"""What Stripe's events about money make billing do: read the object again, then one domain call."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from financehub.billing import buying, customers, mirroring
from financehub.webhooks.notices import Answer, Effect, Handler, Notice, as_text

Notices = Sequence[Notice]

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
    row = mirroring.mirror_subscription(stripe_id)
    return row.company_id if row else None


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
    return _each(notices, "id", lambda one: _company(mirroring.mirror_invoice(one)))


def invoice_named(notices: Notices) -> Effect:
    """The same, where the event is about something on an invoice."""
    return _each(notices, "invoice", lambda one: _company(mirroring.mirror_invoice(one)))


def payment_changed(notices: Notices) -> Effect:
    """The one money row of an intent."""
    return _each(notices, "id", lambda one: _company(mirroring.mirror_payment(one)))


def charge_changed(notices: Notices) -> Effect:
    """The same, told by its charge."""
    return _each(notices, "payment_intent", lambda one: _company(mirroring.mirror_payment(one)))


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
}
