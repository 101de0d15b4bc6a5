"""Giving money back, whole or in part, and mirroring every refund however it came to be."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import keying, mirroring, noticing, stripe_account, tasking
from financehub.billing.models import Dispute, Payment, Refund, StaffTask
from financehub.billing.moments import moment
from financehub.core import clock, events, locks
from financehub.core.errors import Conflict, Invalid
from financehub.core.money import format_amount
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing, StripeRefused, StripeUnavailable

LOST = ("failed", "canceled", "refused")
OPEN_DISPUTES = ("needs_response", "under_review")
REASONS = ("requested_by_customer", "duplicate", "fraudulent")
REFUSED = "refused"  # our word: Stripe did not take it


class NotRefundable(Conflict):
    """Nothing was received, it went back already, it is disputed, or it was a boleto."""

    code = "not_refundable"


class RefundTooLarge(Invalid):
    """More than what is left of the payment, or nothing."""

    code = "refund_too_large"


class ReasonUnknown(Invalid):
    """Stripe knows three reasons for a refund."""

    code = "refund_reason_unknown"


def left_cents(payment: Payment) -> int:
    """How much of a payment can still be given back: 0 for a boleto and for what is disputed."""
    is_disputed = Dispute.objects.of(payment.company_id).filter(payment=payment, status__in=OPEN_DISPUTES)
    if payment.method == "boleto" or is_disputed.exists():
        return 0
    return max(0, payment.received_cents - _given_back(payment))


def refund(*, payment: Payment, reason: str, by: Actor, amount_cents: int | None = None) -> Refund:
    """Give back all that is left, or `amount_cents`. The row is the key.

    Raises ReasonUnknown, NotRefundable, RefundTooLarge, StripeCallFailed. While the answer to an earlier refund of
    this payment is unknown, that one is asked again first; when it was the same wish, it is the answer.
    """
    if reason not in REASONS:
        raise ReasonUnknown(field="reason", reasons=list(REASONS))
    with locks.lease(f"billing-refund:{payment.pk}", seconds=120, wait=20):
        payment.refresh_from_db()
        unsent = next((one for one in _rows(payment) if one.has_no_answer), None)
        if unsent is not None:
            _send(unsent, payment)
            unsent.refresh_from_db()
            payment.refresh_from_db()
        is_same = unsent is not None and _fulfils(unsent, payment, amount_cents)
        row = unsent if unsent is not None and is_same else _begin(payment, reason, amount_cents, by)
        if row.has_no_answer:
            _send(row, payment)
    mirroring.mirror_payment(payment.stripe_id)
    row.refresh_from_db()
    if row.status == REFUSED:
        raise NotRefundable(reason=row.failure_reason)
    return row


def _fulfils(earlier: Refund, payment: Payment, amount_cents: int | None) -> bool:
    """Whether a refund whose answer had been lost is what is wished now; all that is left is more than a part."""
    if earlier.stripe_id is None:
        return False
    return amount_cents == earlier.amount_cents or (amount_cents is None and left_cents(payment) == 0)


def _rows(payment: Payment) -> list[Refund]:
    return list(Refund.objects.of(payment.company_id).filter(payment=payment))


def _send(row: Refund, payment: Payment) -> None:
    """Ask Stripe for it, always with the row's own key; what Stripe refuses is written down as refused."""
    params = {
        "payment_intent": payment.stripe_id,
        "amount": row.amount_cents,
        "reason": row.reason,
        "metadata": {"refund_id": str(row.pk)},
    }
    account, started = stripe_account.account(), clock.now()
    if started - row.created_at >= keying.KNOWN_FOR and (done := _done_before(row, payment)):
        _keep(row.company_id, done, started, payment=payment)
        return
    try:
        found = account.create_refund(params, key=f"refund:{row.pk}")
    except StripeUnavailable:
        raise
    except StripeRefused as refused:
        own = Refund.objects.of(row.company_id).filter(pk=row.pk, stripe_id=None)
        own.update(status=REFUSED, failure_reason=refused.code[:60])
        row.refresh_from_db()
        return
    _keep(row.company_id, found, started, payment=payment)
    row.refresh_from_db()


def _done_before(row: Refund, payment: Payment) -> shapes.Refund | None:
    """Stripe has forgotten the key: only its list can say whether the call came through."""
    found = stripe_account.account().refunds(payment.stripe_id)
    return next((one for one in found if (one.metadata or {}).get("refund_id") == str(row.pk)), None)


def _begin(payment: Payment, reason: str, amount_cents: int | None, by: Actor) -> Refund:
    left = left_cents(payment)
    if left <= 0:
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
        failed = StaffTask.Kind.REFUND_FAILED
        tasking.open_task(failed, stripe_id, company_id=row.company_id, detail=row.failure_reason)
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
