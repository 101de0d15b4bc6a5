"""What one news of Stripe means, from its mirror on: dunning, second subscriptions, words to the owners."""

from datetime import datetime

from financehub.billing import customers, doubles, dunning, mirroring, noticing, stripe_account
from financehub.billing.mirroring import moment
from financehub.billing.models import Customer, DunningCase, Invoice, Subscription
from financehub.core import clock
from financehub.core.money import format_amount
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


def invoice_news(stripe_id: str) -> Invoice | None:
    """Read it again, with its payments; dunning follows."""
    row = mirroring.mirror_invoice(stripe_id)
    if row is None:
        return mirroring.forget_draft(stripe_id)
    dunning.follow(row)
    if row.subscription is not None and row.subscription.is_live:
        doubles.undo(row.subscription)
    return row


def card_news(method_id: str) -> Customer | None:
    """A card was saved or renewed: know it, and try it on what is owed."""
    account = stripe_account.account()
    try:
        method = account.payment_method(method_id)
    except StripeMissing:
        return None
    company_id = customers.company_of(method.customer)
    saved_at = moment(method.created)
    if company_id is None or method.customer is None or saved_at is None:
        return None
    customer = customers.mirror_customer(method.customer)
    dunning.try_new_card(company_id, method_id, saved_at)
    return customer


def customer_news(stripe_id: str) -> Customer | None:
    """Read the customer again; a new default card is tried on what is owed."""
    row = customers.mirror_customer(stripe_id)
    if row is None or row.deleted_at is not None:
        return row
    settings = stripe_account.account().customer(stripe_id).invoice_settings
    if settings is not None and settings.default_payment_method:
        card_news(settings.default_payment_method)
    return row


def renewal_ahead(subscription_id: str, amount_cents: int, renews_at: datetime) -> Subscription | None:
    """Say a week before what will be charged and when, once a period; a word that comes too late is not said."""
    row = mirroring.mirror_subscription(subscription_id) if subscription_id else None
    if row is None or not row.is_live or row.ends_at is not None or row.period_end != renews_at:
        return row
    day = renews_at.astimezone(clock.SAO_PAULO)
    words = {"amount": format_amount(amount_cents), "day": day.strftime("%d/%m/%Y")}
    noticing.tell_once(row.company, "renewal_ahead", about=f"{row.stripe_id}:{day:%Y%m%d}", words=words)
    return row
