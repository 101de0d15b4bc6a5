"""Two pages were paid: the first subscription stays, every other one is cancelled and its money goes back."""

import structlog

from financehub.audit.recording import SYSTEM, Target, record
from financehub.billing import mirroring, noticing, refunding, stripe_account
from financehub.billing.models import Payment, Subscription
from financehub.core import locks

log = structlog.get_logger()


def undo(row: Subscription) -> list[Subscription]:
    """Cancel and refund all but the oldest live subscription of the company; those that went."""
    live = Subscription.objects.of(row.company_id).live().order_by("created_at", "stripe_id")
    if live.count() < 2:
        return []
    with locks.lease(f"billing-doubles:{row.company_id}", seconds=120, wait=20):
        second = list(live)[1:]
        for one in second:
            _undo(one)
    return second


def _undo(double: Subscription) -> None:
    stripe_account.account().cancel_subscription(double.stripe_id, "second subscription")
    mirroring.mirror_subscription(double.stripe_id)
    invoice = mirroring.mirror_invoice(double.latest_invoice_id) if double.latest_invoice_id else None
    for payment in Payment.objects.of(double.company_id).filter(invoice=invoice, received_cents__gt=0):
        refunding.refund(payment=payment, reason="duplicate", by=SYSTEM)
    target = Target("subscription", double.pk, {"plan": double.plan_id})
    record("billing.second_subscription_undone", by=SYSTEM, on=target, company_id=double.company_id)
    noticing.tell_once(double.company, "second_subscription", about=double.stripe_id)
    log.warning("second_subscription_undone", subscription=str(double.pk))
