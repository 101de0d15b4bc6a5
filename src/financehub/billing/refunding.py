"""Giving money back, whole or in part, and mirroring every refund however it came to be."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import mirroring, noticing, stripe_account
from financehub.billing.mirroring import moment
from financehub.billing.models import Dispute, Payment, Refund
from financehub.core import clock, events, locks
from financehub.core.errors import Conflict, Invalid
from financehub.core.money import format_amount
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing

LOST = ("failed", "canceled")
OPEN_DISPUTES = ("needs_response", "under_review")


class NotRefundable(Conflict):
    """Nothing was received, it went back already, it is disputed, or it was a boleto."""

    code = "not_refundable"


class RefundTooLarge(Invalid):
    """More than what is left of the payment."""

    code = "refund_too_large"


def refund(*, payment: Payment, reason: str, by: Actor, amount_cents: int | None = None) -> Refund:
    """Give back all that is left, or `amount_cents`. The row is the key. Raises NotRefundable, RefundTooLarge."""
    with locks.lease(f"billing-refund:{payment.pk}", seconds=120, wait=20):
        payment.refresh_from_db()
        row = _row_for(payment, reason, amount_cents, by)
        params = {
            "payment_intent": payment.stripe_id,
            "amount": row.amount_cents,
            "reason": reason,
            "metadata": {"refund_id": str(row.pk)},
        }
        found = stripe_account.account().create_refund(params, key=f"refund:{row.pk}")
        _keep(row.company_id, found, clock.now(), payment=payment)
    mirroring.mirror_payment(payment.stripe_id)
    row.refresh_from_db()
    return row


def _row_for(payment: Payment, reason: str, amount_cents: int | None, by: Actor) -> Refund:
    """A new row, or the one whose call had no answer."""
    refunds = Refund.objects.of(payment.company_id).filter(payment=payment)
    unsent = refunds.filter(stripe_id=None).first()
    if unsent is not None:
        return unsent
    left = payment.received_cents - _given_back(payment)
    is_disputed = Dispute.objects.of(payment.company_id).filter(payment=payment, status__in=OPEN_DISPUTES)
    if left <= 0 or payment.method == "boleto" or is_disputed.exists():
        raise NotRefundable
    amount = left if amount_cents is None else amount_cents
    if not 0 < amount <= left:
        raise RefundTooLarge(left_cents=left)
    at = clock.now()
    with transaction.atomic():
        row = Refund.objects.create(
            company_id=payment.company_id,
            payment=payment,
            currency=payment.currency,
            amount_cents=amount,
            reason=reason,
            created_at=at,
            observed_at=at,
        )
        target = Target("refund", row.pk, {"amount_cents": amount, "reason": reason})
        record("billing.refund_asked", by=by, on=target, company_id=payment.company_id)
    return row


def _given_back(payment: Payment) -> int:
    """By our rows or by Stripe's charge, whichever knows of more."""
    rows = Refund.objects.of(payment.company_id).filter(payment=payment).exclude(status__in=LOST)
    return max(payment.refunded_cents, sum(rows.values_list("amount_cents", flat=True)))


def mirror_refund(stripe_id: str) -> Refund | None:
    """Read a refund and its payment again; None when it is nobody's here."""
    started = clock.now()
    try:
        found = stripe_account.account().refund(stripe_id)
    except StripeMissing:
        return None
    payment = mirroring.mirror_payment(found.payment_intent) if found.payment_intent else None
    if payment is None:
        return None
    row = _keep(payment.company_id, found, started, payment=payment)
    if row.status == "failed":
        words = {"amount": format_amount(row.amount_cents)}
        noticing.tell_once(row.company, "refund_failed", about=stripe_id, words=words)
    return row


def _keep(company_id: UUID, found: shapes.Refund, started: datetime, *, payment: Payment) -> Refund:
    own = (found.metadata or {}).get("refund_id")
    if own:
        unsent = Refund.objects.of(company_id).filter(pk=own, stripe_id=None)
        unsent.update(stripe_id=found.id)
    fields = {
        "payment": payment,
        "status": found.status or "",
        "currency": found.currency,
        "amount_cents": found.amount,
        "reason": found.reason or "",
        "failure_reason": found.failure_reason or "",
        "created_at": moment(found.created),
    }
    with transaction.atomic():
        row, _, is_changed = mirroring.keep(Refund, company_id, found.id, fields, started)
        if is_changed:
            target = Target("refund", row.pk, {"status": row.status, "amount_cents": row.amount_cents})
            record("billing.refund_changed", by=mirroring.VENDOR, on=target, company_id=company_id)
            events.publish(company_id, "payment", row.pk)
    return row
