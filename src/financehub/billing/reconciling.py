"""Every night: our books of billing against Stripe's lists; what differs is healed and told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from financehub.billing import crediting, disputing, following, mirroring, refunding, stripe_account
from financehub.billing.models import CreditNote, Customer, Dispute, Invoice, Payment, Refund, Subscription
from financehub.billing.moments import moment
from financehub.core.each import for_each
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeCallFailed

NOTHING = "nothing"

log = structlog.get_logger()


@dataclass(frozen=True)
class Difference:
    """One object of which we knew something else: what we had, and what Stripe has."""

    kind: str
    stripe_id: str
    ours: str
    theirs: str


def reconcile(*, heal: bool = True) -> list[Difference]:
    """Compare all customers, then all disputes; what cannot be read is left for tomorrow. Empty without a key.

    Raises SomeFailed.
    """
    if not stripe_account.is_configured():
        return []
    customers = Customer.objects.across_companies().filter(deleted_at=None).exclude(stripe_id=None)
    everything: list[Customer | None] = [*customers.order_by("created_at")]
    if everything:
        everything.append(None)  # the disputes
    found = for_each(everything, partial(_compared, heal=heal))
    return [one for some in found for one in some]


def _compared(customer: Customer | None, *, heal: bool) -> list[Difference]:
    """The differences of a customer, or of the disputes, healed. What Stripe does not answer is left out, and said."""
    found: list[Difference] = []
    try:
        found.extend(_of_customer(customer) if customer else _disputes())
        for one in found:
            log.warning("billing_differs", kind=one.kind, ours=one.ours, theirs=one.theirs, healed=heal)
        for one in found if heal else []:
            HEAL[one.kind](one.stripe_id)
    except StripeCallFailed as error:
        name = str(customer.pk) if customer else "disputes"
        log.warning("billing_not_reconciled", customer=name, error=str(error))
    return found


def _of_customer(customer: Customer) -> Iterator[Difference]:
    """What hangs on a customer, the subscription first: healing goes in this order."""
    account, customer_id = stripe_account.account(), str(customer.stripe_id)
    yield from _subscriptions(customer, account.subscriptions(customer_id))
    yield from _invoices(customer, account.invoices(customer_id))
    charges = account.charges(customer_id)
    yield from _payments(customer, account.payment_intents(customer_id), charges)
    yield from _refunds(customer, charges)
    yield from _credit_notes(customer, account.credit_notes(customer_id))


def _subscriptions(customer: Customer, theirs: list[shapes.Subscription]) -> Iterator[Difference]:
    rows = Subscription.objects.of(customer.company_id)
    ours = {
        row.stripe_id: _shown(row.status, row.plan_id, row.period, row.period_end, row.ends_at)
        for row in rows
    }
    for one in theirs:
        item = one.items.data[0] if one.items.data else None
        offer = mirroring.offer_of(item.price) if item else None
        plan, period = (offer[0].id, offer[1].value) if offer else ("", "")
        until = moment(item.current_period_end) if item else None
        ends = moment(one.cancel_at) or (until if one.cancel_at_period_end else None)
        shown = _shown(one.status, plan, period, until, ends)
        yield from _difference("subscription", one.id, ours.get(one.id), shown)


def _shown(*facts: str | datetime | None) -> str:
    return " ".join(f"{one:%Y-%m-%dT%H:%M:%S}" if isinstance(one, datetime) else one or "-" for one in facts)


def _invoices(customer: Customer, theirs: list[shapes.Invoice]) -> Iterator[Difference]:
    rows = Invoice.objects.of(customer.company_id).exclude(status="deleted")
    ours = {
        row.stripe_id: f"{row.status} {row.total_cents} {row.paid_cents} {row.is_attempted}" for row in rows
    }
    for one in theirs:
        if one.status != "draft":
            shown = f"{one.status} {one.total} {one.amount_paid} {one.attempted}"
            yield from _difference("invoice", one.id, ours.get(one.id), shown)
    there = {one.id for one in theirs}
    for stripe_id in sorted(ours.keys() - there):  # a draft that was deleted without a word
        yield Difference("invoice", stripe_id, ours[stripe_id], NOTHING)


def _payments(
    customer: Customer, theirs: list[shapes.PaymentIntent], charges: list[shapes.Charge]
) -> Iterator[Difference]:
    refunded: dict[str | None, int] = {}
    for charge in charges:
        refunded[charge.payment_intent] = refunded.get(charge.payment_intent, 0) + charge.amount_refunded
    rows = Payment.objects.of(customer.company_id)
    ours = {
        row.stripe_id: f"{row.status} {row.amount_cents} {row.received_cents} {row.refunded_cents}"
        for row in rows
    }
    for one in theirs:
        back = refunded.get(one.id, 0)
        state = mirroring.payment_state(one, back)
        shown = f"{state} {one.amount} {one.amount_received} {back}"
        yield from _difference("payment", one.id, ours.get(one.id), shown)


def _refunds(customer: Customer, charges: list[shapes.Charge]) -> Iterator[Difference]:
    """Of every payment that was ever refunded, by Stripe's charge or by a row of ours."""
    account, rows = stripe_account.account(), Refund.objects.of(customer.company_id)
    ours = {row.stripe_id: f"{row.status} {row.amount_cents}" for row in rows.exclude(stripe_id=None)}
    told = {charge.payment_intent for charge in charges if charge.amount_refunded and charge.payment_intent}
    known = set(rows.exclude(payment=None).values_list("payment__stripe_id", flat=True))
    for intent_id in sorted(told | known):
        for one in account.refunds(intent_id):
            yield from _difference("refund", one.id, ours.get(one.id), f"{one.status} {one.amount}")


def _credit_notes(customer: Customer, theirs: list[shapes.CreditNote]) -> Iterator[Difference]:
    rows = CreditNote.objects.of(customer.company_id)
    ours = {row.stripe_id: f"{row.status} {row.amount_cents}" for row in rows}
    for one in theirs:
        yield from _difference("credit_note", one.id, ours.get(one.id), f"{one.status} {one.amount}")


def _disputes() -> Iterator[Difference]:
    """Stripe lists them by account; those of payments that are not ours are nobody's here."""
    rows = Dispute.objects.across_companies()
    ours = {row.stripe_id: f"{row.status} {row.amount_cents} {row.submissions}" for row in rows}
    payments = Payment.objects.across_companies()
    for one in stripe_account.account().disputes():
        if payments.filter(stripe_id=one.payment_intent).exists():
            shown = f"{one.status} {one.amount} {one.evidence_details.submission_count}"
            yield from _difference("dispute", one.id, ours.get(one.id), shown)


def _difference(kind: str, stripe_id: str, ours: str | None, theirs: str) -> Iterator[Difference]:
    if ours != theirs:
        yield Difference(kind, stripe_id, ours or NOTHING, theirs)


def _heal_payment(intent_id: str) -> None:
    """The money row, and the invoice that it is for."""
    mirroring.mirror_payment(intent_id)
    for link in stripe_account.account().invoice_payments_by(intent_id):
        following.invoice_news(link.invoice)


HEAL: dict[str, Callable[[str], object]] = {
    "subscription": following.subscription_news,
    "invoice": following.invoice_news,
    "payment": _heal_payment,
    "refund": refunding.mirror_refund,
    "credit_note": crediting.mirror_credit_note,
    "dispute": disputing.mirror_dispute,
}
