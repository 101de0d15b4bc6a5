"""What one news of Stripe means, from its mirror on: dunning, second subscriptions, words to the owners."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from financehub.billing import (
    customers,
    discounting,
    doubles,
    dunning,
    mirroring,
    noticing,
    plans,
    stripe_account,
    tasking,
)
from financehub.billing.models import Customer, DunningCase, Invoice, Payment, StaffTask, Subscription
from financehub.billing.moments import moment
from financehub.core import clock
from financehub.core.money import format_amount
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing


def subscription_news(stripe_id: str) -> Subscription | None:
    """Read it again; a second live one is undone; an ended one ends its dunning."""
    row = mirroring.mirror_subscription(stripe_id)
    if row is None:
        return None
    if row.is_live:
        doubles.undo(row)
    elif row.ended_at is not None:
        cases = DunningCase.objects.of(row.company_id).filter(
            invoice__subscription=row, status=DunningCase.Status.OPEN
        )
        for case in cases.select_related("invoice__subscription"):
            dunning.follow(case.invoice)
    return row


def subscriptions_news(customer_id: str) -> Customer | None:
    """Every subscription of a customer is read again; None when it is nobody's here."""
    customer = customers.mirror_customer(customer_id)
    if customer is not None and customer.deleted_at is None:
        for row in mirroring.mirror_subscriptions_of(customer):
            doubles.undo(row)
    return customer


def invoice_news(stripe_id: str) -> Invoice | None:
    """Read it again, with its payments; dunning follows."""
    row = mirroring.mirror_invoice(stripe_id)
    if row is None:
        return mirroring.forget_draft(stripe_id)
    dunning.follow(row)
    _tell_of_boleto(row)
    if row.status in ("paid", "void", "deleted"):
        for kind in (StaffTask.Kind.NOT_FINALIZED, StaffTask.Kind.OVERDUE):
            tasking.settle(kind, stripe_id)
    if row.subscription is not None and row.subscription.is_live:
        doubles.undo(row.subscription)
    return row


def card_news(method_id: str, *, chosen_at: datetime | None = None) -> Customer | None:
    """A card was saved, or an older one chosen: know it, and try it on what is owed since before that."""
    return _card_news(method_id, chosen_at)


def card_renewed(method_id: str, *, at: datetime | None) -> Customer | None:
    """A card that was saved long ago works again: each expiry is tried once."""
    return _card_news(method_id, at, is_renewed=True)


def _card_news(method_id: str, at: datetime | None, *, is_renewed: bool = False) -> Customer | None:
    account = stripe_account.account()
    try:
        method = account.payment_method(method_id)
    except StripeMissing:
        return None
    company_id = customers.company_of(method.customer)
    since = max(moment(method.created), at) if at else moment(method.created)
    if company_id is None or method.customer is None:
        return None
    customer = customers.mirror_customer(method.customer)
    card = method.card if is_renewed else None
    expiry = f"{card.exp_year}-{card.exp_month}" if card else ""
    dunning.try_new_card(company_id, method_id, since, expiry=expiry)
    return customer


def customer_news(stripe_id: str, *, chosen_at: datetime | None = None) -> Customer | None:
    """Read the customer again; a new default card is tried on what is owed, as is one chosen as that at `chosen_at`."""
    row = customers.mirror_customer(stripe_id)
    if row is None or row.deleted_at is not None:
        return row
    settings = stripe_account.account().customer(stripe_id).invoice_settings
    if settings is not None and settings.default_payment_method:
        card_news(settings.default_payment_method, chosen_at=chosen_at)
    return row


def discount_news(told: Mapping[str, object]) -> Subscription | None:
    """Read the subscription that has it. A discount for one invoice is over before anybody can read it."""
    try:
        found = msgspec.convert(told, shapes.Discount)
    except msgspec.ValidationError:
        return None
    row = subscription_news(found.subscription) if found.subscription else None
    if row is not None:
        discounting.keep_told(row, found)
    return row


def invoice_not_finalized(stripe_id: str) -> Invoice | None:
    """Stripe could not finalize it, so nobody is asked for money: a person must see why."""
    return _task_about(StaffTask.Kind.NOT_FINALIZED, stripe_id, ("draft",))


def invoice_overdue(stripe_id: str) -> Invoice | None:
    """One that was sent to be paid by hand is late: a person asks what is the matter."""
    return _task_about(StaffTask.Kind.OVERDUE, stripe_id, ("open",))


def _task_about(kind: str, stripe_id: str, statuses: tuple[str, ...]) -> Invoice | None:
    row = invoice_news(stripe_id)
    if row is not None and row.status in statuses:
        tasking.open_task(kind, stripe_id, company_id=row.company_id, detail=format_amount(row.total_cents))
    return row


def payment_waits(intent_id: str) -> Payment | None:
    """Read it again, with the invoice it is for: a boleto may wait to be paid."""
    row = mirroring.mirror_payment(intent_id)
    if row is not None and row.invoice is not None:
        invoice_news(row.invoice.stripe_id)
    return row


def _tell_of_boleto(invoice: Invoice) -> None:
    """A renewal that waits for its boleto is a thing to do for who pays; at a checkout they have it before them."""
    payment = dunning.last_payment(invoice)
    is_waiting = payment is not None and payment.waits_for.startswith("boleto") and not payment.received_cents
    if is_waiting and invoice.status == "open" and invoice.billing_reason in dunning.RENEWALS:
        words = {"amount": format_amount(invoice.remaining_cents)}
        noticing.tell_once(invoice.company, "boleto_waits", about=invoice.stripe_id, words=words)


def card_refused(customer_id: str, setup_id: str) -> Customer | None:
    """Somebody wanted to save a card and the bank said no: tell who pays, once a try."""
    row = customers.mirror_customer(customer_id) if customer_id else None
    if row is not None and row.deleted_at is None:
        noticing.tell_once(row.company, "card_refused", about=setup_id)
    return row


def trial_ending(subscription_id: str) -> Subscription | None:
    """A trial that Stripe itself counts (one that staff gave) ends in three days: say what will be charged."""
    row = subscription_news(subscription_id)
    plan = plans.find(row.plan_id) if row is not None else None
    if (
        row is None
        or plan is None
        or row.status != "trialing"
        or row.trial_end is None
        or not row.paid_period
    ):
        return row
    return renewal_ahead(subscription_id, plan.price_cents(row.paid_period), row.trial_end)


def renewal_ahead(subscription_id: str, amount_cents: int, renews_at: datetime) -> Subscription | None:
    """Say a week before what will be charged and when, once a period; a word that comes too late is not said."""
    row = mirroring.mirror_subscription(subscription_id) if subscription_id else None
    if row is None or not row.is_live or row.ends_at is not None or row.period_end != renews_at:
        return row
    day = renews_at.astimezone(clock.SAO_PAULO)
    words = {"amount": format_amount(amount_cents), "day": day.strftime("%d/%m/%Y")}
    noticing.tell_once(row.company, "renewal_ahead", about=f"{row.stripe_id}:{day:%Y%m%d}", words=words)
    return row
