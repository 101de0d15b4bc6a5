"""Every night: our subscriptions, invoices and payments against Stripe's lists; what differs is healed and told."""

from collections.abc import Iterator
from dataclasses import dataclass

import structlog

from financehub.billing import following, refunding, stripe_account
from financehub.billing.models import Customer, Invoice, Payment, Refund, Subscription
from financehub.providers.stripe import shapes
from financehub.providers.stripe.client import StripeAccount
from financehub.providers.stripe.errors import StripeCallFailed

log = structlog.get_logger()


@dataclass(frozen=True)
class Difference:
    """One object of which we knew something else: what we had, and what Stripe has."""

    kind: str
    stripe_id: str
    ours: str
    theirs: str


def reconcile(*, heal: bool = True) -> list[Difference]:
    """Compare all customers; a customer that cannot be read is left for tomorrow. Empty without a key."""
    if not stripe_account.is_configured():
        return []
    found: list[Difference] = []
    customers = Customer.objects.across_companies().filter(deleted_at=None).exclude(stripe_id=None)
    for customer in customers.order_by("created_at"):
        try:
            found += _of_customer(customer, heal=heal)
        except StripeCallFailed as error:
            log.warning("billing_not_reconciled", customer=str(customer.pk), error=str(error))
    for one in found:
        log.warning("billing_differs", kind=one.kind, ours=one.ours, theirs=one.theirs, healed=heal)
    return found


def _of_customer(customer: Customer, *, heal: bool) -> list[Difference]:
    account, customer_id = stripe_account.account(), str(customer.stripe_id)
    found = list(_subscriptions(customer, account.subscriptions(customer_id)))
    bills = [one for one in account.invoices(customer_id) if one.status != "draft"]
    found += _invoices(customer, bills)
    found += _money(account, bills)
    if heal:
        for one in found:
            _heal(one)
    return found


def _subscriptions(customer: Customer, theirs: list[shapes.Subscription]) -> Iterator[Difference]:
    rows = Subscription.objects.of(customer.company_id)
    ours = {row.stripe_id: f"{row.status} {row.item_id} {row.ends_at is not None}" for row in rows}
    for one in theirs:
        is_ending = one.cancel_at is not None or one.cancel_at_period_end
        item = one.items.data[0].id if one.items.data else ""
        yield from _difference("subscription", one.id, ours.get(one.id), f"{one.status} {item} {is_ending}")


def _invoices(customer: Customer, theirs: list[shapes.Invoice]) -> Iterator[Difference]:
    rows = Invoice.objects.of(customer.company_id)
    ours = {row.stripe_id: f"{row.status} {row.total_cents} {row.paid_cents}" for row in rows}
    for one in theirs:
        yield from _difference(
            "invoice", one.id, ours.get(one.id), f"{one.status} {one.total} {one.amount_paid}"
        )


def _money(account: StripeAccount, bills: list[shapes.Invoice]) -> Iterator[Difference]:
    """Payments of the invoices, and the refunds of those payments."""
    for bill in bills:
        for link in account.invoice_payments(bill.id):
            intent_id = link.payment.payment_intent
            if intent_id:
                yield from _payment(account, bill.id, intent_id)


def _payment(account: StripeAccount, invoice_id: str, intent_id: str) -> Iterator[Difference]:
    intent = account.payment_intent(intent_id)
    row = Payment.objects.across_companies().filter(stripe_id=intent_id).first()
    ours = f"{row.amount_cents} {row.received_cents}" if row else None
    yield from _difference("payment", invoice_id, ours, f"{intent.amount} {intent.amount_received}")
    for refund in account.refunds(intent_id):
        known = Refund.objects.across_companies().filter(stripe_id=refund.id).first()
        ours = f"{known.status} {known.amount_cents}" if known else None
        yield from _difference("refund", refund.id, ours, f"{refund.status} {refund.amount}")


def _difference(kind: str, stripe_id: str, ours: str | None, theirs: str) -> Iterator[Difference]:
    if ours != theirs:
        yield Difference(kind, stripe_id, ours or "nothing", theirs)


def _heal(one: Difference) -> None:
    if one.kind == "subscription":
        following.subscription_news(one.stripe_id)
    elif one.kind == "refund":
        refunding.mirror_refund(one.stripe_id)
    else:
        following.invoice_news(one.stripe_id)
