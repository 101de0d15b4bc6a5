"""Copying Stripe: fetch an object, then write what is newer; in any order, any number of times."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from financehub.audit.recording import Actor, Target, record
from financehub.billing import customers, discounting, plans, stripe_account
from financehub.billing.models import Customer, Invoice, Payment, PaymentState, Subscription
from financehub.billing.moments import moment
from financehub.core import clock, events
from financehub.core.tenancy import TenantModel
from financehub.providers.stripe import shapes
from financehub.providers.stripe.client import StripeAccount
from financehub.providers.stripe.errors import StripeMissing

VENDOR = Actor("vendor")
RowT = TypeVar("RowT", bound=TenantModel)


class AboutAPayment(Protocol):
    """What Stripe says of an object that hangs on a payment: a dispute, a review, a fraud warning."""

    @property
    def payment_intent(self) -> str | None: ...


FoundT = TypeVar("FoundT", bound=AboutAPayment)

PAYMENT_STATES: dict[str, PaymentState] = {
    "requires_payment_method": PaymentState.PENDING,
    "requires_confirmation": PaymentState.PENDING,
    "requires_action": PaymentState.PENDING,
    "requires_capture": PaymentState.PROCESSING,
    "processing": PaymentState.PROCESSING,
    "succeeded": PaymentState.SUCCEEDED,
    "canceled": PaymentState.CANCELLED,
}


def mirror_subscriptions_of(customer: Customer) -> list[Subscription]:
    """Read every subscription of a customer again."""
    started = clock.now()
    found = stripe_account.account().subscriptions(str(customer.stripe_id))
    return [_keep_subscription(customer.company_id, one, started) for one in found]


def mirror_subscription(stripe_id: str) -> Subscription | None:
    """Read a subscription again; None when it is gone or nobody's here."""
    started = clock.now()
    try:
        found = stripe_account.account().subscription(stripe_id)
    except StripeMissing:
        return None
    company_id = customers.company_of(found.customer)
    return _keep_subscription(company_id, found, started) if company_id else None


def _keep_subscription(company_id: UUID, found: shapes.Subscription, started: datetime) -> Subscription:
    fields = _subscription_fields(found)
    with transaction.atomic():
        row, before, is_changed = keep(Subscription, company_id, found.id, fields, started)
        if is_changed:
            facts: dict[str, str | int | bool | None] = {
                "status": row.status,
                "plan": row.plan_id,
                "before": str(before.get("status", "")),
            }
            target = Target("subscription", row.pk, facts)
            record("billing.subscription_changed", by=VENDOR, on=target, company_id=company_id)
            events.publish(company_id, "subscription", row.pk)
    discounting.keep_discounts(row, found, started)
    if is_changed and found.default_payment_method:
        _note_card_of(company_id, found.default_payment_method)
    return row


def _note_card_of(company_id: UUID, method_id: str) -> None:
    """A card that was given at the checkout pays the subscription, and is nowhere at the customer."""
    customer = Customer.objects.of(company_id).first()
    if customer is not None:
        customers.note_card(customer, stripe_account.account().payment_method(method_id))


def _subscription_fields(found: shapes.Subscription) -> dict[str, object]:
    item = found.items.data[0] if found.items.data else None
    offer = offer_of(item.price) if item else None
    following = _scheduled(found, item)
    details = found.cancellation_details
    return {
        "status": found.status,
        "plan_id": offer[0].id if offer else "",
        "period": offer[1].value if offer else "",
        "item_id": item.id if item else "",
        "period_start": moment(item.current_period_start) if item else None,
        "period_end": moment(item.current_period_end) if item else None,
        "trial_end": moment(found.trial_end),
        "cancel_at_period_end": found.cancel_at_period_end,
        "cancel_at": moment(found.cancel_at),
        "ended_at": moment(found.ended_at),
        "ended_because": (details.reason if details and found.ended_at else None) or "",
        "schedule_id": found.schedule or "",
        "next_plan_id": following[0],
        "next_period": following[1],
        "latest_invoice_id": found.latest_invoice or "",
        "created_at": moment(found.created),
    }


def _scheduled(found: shapes.Subscription, item: shapes.SubscriptionItem | None) -> tuple[str, str]:
    """(plan, period) that a schedule brings at the end of the period; empty when none does."""
    if not found.schedule or item is None:
        return "", ""
    phases = stripe_account.account().schedule(found.schedule).phases
    coming = [phase for phase in phases if phase.start_date >= item.current_period_end and phase.items]
    if not coming or coming[0].items[0].price == item.price.id:
        return "", ""
    offer = offer_of_price(coming[0].items[0].price)
    return (offer[0].id, offer[1].value) if offer else ("", "")


def offer_of(price: shapes.Price) -> tuple[plans.Plan, plans.Period] | None:
    """What a price sells. Who bought keeps the price and the plan, though `setup_stripe` sells it by another now."""
    every = price.recurring
    interval = every.interval if every and every.interval_count == 1 else ""
    known = plans.by_lookup_key(price.lookup_key)
    return known or plans.by_mark(price.metadata.get(plans.PLAN_MARK), interval)


def offer_of_price(price_id: str) -> tuple[plans.Plan, plans.Period] | None:
    """Which of our offers has this price at Stripe."""
    keys = [plan.lookup_key(period) for plan, period in plans.offers()]
    by_id = {price.id: price.lookup_key for price in stripe_account.account().prices(keys)}
    return plans.by_lookup_key(by_id.get(price_id))


def mirror_invoice(stripe_id: str) -> Invoice | None:
    """Read an invoice, its subscription and its payments again; None when it is gone or nobody's here."""
    started, account = clock.now(), stripe_account.account()
    try:
        found = account.invoice(stripe_id)
    except StripeMissing:
        return None
    company_id = customers.company_of(found.customer)
    if company_id is None:
        return None
    subscription = mirror_subscription(found.subscription) if found.subscription else None
    intents = _intents_of(account, found.id)
    with transaction.atomic():
        row, _, is_changed = keep(
            Invoice, company_id, found.id, _invoice_fields(found, subscription), started
        )
        for intent, charge in intents:
            keep_payment(company_id, intent, charge, started, invoice=row)
        if is_changed:
            events.publish(company_id, "invoice", row.pk)
    return row


def forget_draft(stripe_id: str) -> Invoice | None:
    """A draft that was deleted at Stripe: our copy, if any, says so."""
    row = Invoice.objects.across_companies().filter(stripe_id=stripe_id).first()
    if row is not None:
        Invoice.objects.of(row.company_id).filter(pk=row.pk).update(status="deleted", remaining_cents=0)
        row.refresh_from_db()
    return row


def _intents_of(
    account: StripeAccount, invoice_id: str
) -> list[tuple[shapes.PaymentIntent, shapes.Charge | None]]:
    links = account.invoice_payments(invoice_id)
    ids = [link.payment.payment_intent for link in links if link.payment.payment_intent]
    return [fetch_intent(account, intent_id) for intent_id in dict.fromkeys(ids)]


def fetch_intent(account: StripeAccount, intent_id: str) -> tuple[shapes.PaymentIntent, shapes.Charge | None]:
    """A payment intent and its last charge. Raises StripeCallFailed."""
    intent = account.payment_intent(intent_id)
    return intent, account.charge(intent.latest_charge) if intent.latest_charge else None


def _invoice_fields(found: shapes.Invoice, subscription: Subscription | None) -> dict[str, object]:
    return {
        "subscription": subscription,
        "status": found.status,
        "number": found.number or "",
        "billing_reason": found.billing_reason or "",
        "collection_method": found.collection_method,
        "currency": found.currency,
        "total_cents": found.total,
        "due_cents": found.amount_due,
        "paid_cents": found.amount_paid,
        "remaining_cents": found.amount_remaining,
        "is_attempted": found.attempted,
        "vendor_retries_at": moment(found.next_payment_attempt) if found.attempted else None,
        "due_at": moment(found.due_date),
        "finalized_at": moment(found.status_transitions.finalized_at),
        "paid_at": moment(found.status_transitions.paid_at),
        "page_url": found.hosted_invoice_url,
        "pdf_url": found.invoice_pdf,
        "created_at": moment(found.created),
    }


def mirror_payment(intent_id: str) -> Payment | None:
    """Read a payment again; None when it is nobody's here, or for no invoice of ours."""
    started, account = clock.now(), stripe_account.account()
    try:
        intent, charge = fetch_intent(account, intent_id)
    except StripeMissing:
        return None
    company_id = customers.company_of(intent.customer)
    if company_id is None:
        return None
    return keep_payment(company_id, intent, charge, started)


def read_with_payment(read: Callable[[str], FoundT], stripe_id: str) -> tuple[FoundT, Payment] | None:
    """Read an object and the payment it hangs on again; None when it is gone or nobody's here."""
    try:
        found = read(stripe_id)
    except StripeMissing:
        return None
    payment = mirror_payment(found.payment_intent) if found.payment_intent else None
    return (found, payment) if payment is not None else None


def keep_payment(
    company_id: UUID,
    intent: shapes.PaymentIntent,
    charge: shapes.Charge | None,
    started: datetime,
    *,
    invoice: Invoice | None = None,
) -> Payment:
    """The one money row of an intent; an invoice, once known, stays."""
    fields = _payment_fields(intent, charge)
    if invoice is not None:
        fields["invoice"] = invoice
    row, _, is_changed = keep(Payment, company_id, intent.id, fields, started)
    if is_changed:
        events.publish(company_id, "payment", row.pk)
    return row


def _payment_fields(intent: shapes.PaymentIntent, charge: shapes.Charge | None) -> dict[str, object]:
    refunded = charge.amount_refunded if charge else 0
    details = charge.payment_method_details if charge else None
    error = intent.last_payment_error
    return {
        "status": payment_state(intent, refunded),
        "currency": intent.currency,
        "amount_cents": intent.amount,
        "received_cents": intent.amount_received,
        "refunded_cents": refunded,
        "charge_id": intent.latest_charge or "",
        "method": details.type if details else "",
        "card_last4": details.card.last4 if details and details.card else "",
        "waits_for": intent.next_action.type if intent.next_action else "",
        "failure_code": ((error.decline_code or error.code) if error else None) or "",
        "failure_advice": (error.advice_code if error else None) or "",
        "created_at": moment(intent.created),
    }


def payment_state(intent: shapes.PaymentIntent, refunded_cents: int) -> PaymentState:
    """Ours: a failure is a pending payment with an error, a full refund is its own state."""
    state = PAYMENT_STATES.get(intent.status, PaymentState.PENDING)
    if state == PaymentState.SUCCEEDED and refunded_cents >= intent.amount:
        return PaymentState.REFUNDED
    if state == PaymentState.PENDING and intent.last_payment_error and intent.status != "requires_action":
        return PaymentState.FAILED
    is_boleto = intent.next_action is not None and intent.next_action.type == "boleto_display_details"
    return PaymentState.PROCESSING if is_boleto else state


def keep(
    model: type[RowT], company_id: UUID, stripe_id: str, fields: Mapping[str, object], started: datetime
) -> tuple[RowT, dict[str, object], bool]:
    """(row, its values before, whether anything changed). A copy asked for earlier never overwrites a later one."""
    rows = model.objects.of(company_id)
    row, is_new = rows.get_or_create(
        stripe_id=stripe_id,
        defaults={"company_id": company_id, **fields, "observed_at": started},
    )
    before = {name: row.__dict__.get(name, row.__dict__.get(f"{name}_id")) for name in fields}
    if is_new:
        return row, {}, True
    fresh = rows.filter(Q(pk=row.pk), observed_at__lte=started)
    is_newest = bool(fresh.update(**fields, observed_at=started))
    row.refresh_from_db()
    after = {name: row.__dict__.get(name, row.__dict__.get(f"{name}_id")) for name in fields}
    return row, before, is_newest and after != before
