"""Two pages were paid: the first subscription stays, every other one is cancelled and its money goes back."""

from contextlib import suppress

import structlog

from financehub.audit.recording import SYSTEM, Target, record
from financehub.billing import mirroring, noticing, refunding, stripe_account, tasking
from financehub.billing.models import Payment, StaffTask, Subscription
from financehub.core import locks
from financehub.core.money import format_amount
from financehub.providers.stripe.errors import StripeMissing

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
    """The end comes last: whoever was interrupted before finds it live, and goes on."""
    invoice = mirroring.mirror_invoice(double.latest_invoice_id) if double.latest_invoice_id else None
    for payment in Payment.objects.of(double.company_id).filter(invoice=invoice, received_cents__gt=0):
        _give_back(payment)
    if noticing.tell_once(double.company, "second_subscription", about=double.stripe_id):
        target = Target("subscription", double.pk, {"plan": double.plan_id})
        record("billing.second_subscription_undone", by=SYSTEM, on=target, company_id=double.company_id)
        log.warning("second_subscription_undone", subscription=str(double.pk))
    with suppress(StripeMissing):  # it ended meanwhile
        stripe_account.account().cancel_subscription(double.stripe_id, "second subscription")
    mirroring.mirror_subscription(double.stripe_id)


def _give_back(payment: Payment) -> None:
    """What went back before is done; a boleto cannot be refunded, so a person pays it back otherwise."""
    try:
        refunding.refund(payment=payment, reason="duplicate", by=SYSTEM)
    except refunding.NotRefundable:
        if payment.method == "boleto":
            kind, detail = StaffTask.Kind.REFUND_FAILED, format_amount(payment.received_cents)
            tasking.open_task(kind, payment.stripe_id, company_id=payment.company_id, detail=detail)
