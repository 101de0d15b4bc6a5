"""Early fraud warnings: small payments go back at once and end the subscription, large ones wait for a person.

Small is up to STRIPE_FRAUD_REFUND_CENTS: a chargeback costs more than they are worth.
"""

from django.conf import settings
from django.db import transaction

from financehub.audit.recording import SYSTEM, Actor, Target, record
from financehub.billing import mirroring, noticing, refunding, stripe_account, tasking
from financehub.billing.models import FraudWarning, Payment, StaffTask
from financehub.billing.moments import moment
from financehub.core import clock, events
from financehub.core.errors import Conflict
from financehub.core.money import format_amount

Outcome = FraudWarning.Outcome
Kind = StaffTask.Kind


class WarningSettled(Conflict):
    """This warning waits for no decision."""

    code = "warning_settled"


def mirror_warning(stripe_id: str) -> FraudWarning | None:
    """Read a warning again and act by the policy once; None when it is nobody's here."""
    started = clock.now()
    known = mirroring.read_with_payment(stripe_account.account().fraud_warning, stripe_id)
    if known is None:
        return None
    found, payment = known
    fields: dict[str, object] = {
        "payment": payment,
        "is_actionable": found.actionable,
        "kind": found.fraud_type,
        "created_at": moment(found.created),
    }
    with transaction.atomic():
        row, _, is_changed = mirroring.keep(FraudWarning, payment.company_id, stripe_id, fields, started)
        if is_changed:
            events.publish(row.company_id, "payment", row.pk)
    _decide(row, payment)
    row.refresh_from_db()
    return row


def _decide(row: FraudWarning, payment: Payment) -> None:
    if not row.is_actionable:
        _settle(row, (Outcome.OPEN, Outcome.REVIEW), Outcome.CLOSED, SYSTEM)
        tasking.settle(Kind.WARNING, row.stripe_id)
    elif payment.amount_cents > settings.STRIPE_FRAUD_REFUND_CENTS:
        if _settle(row, (Outcome.OPEN,), Outcome.REVIEW, SYSTEM):
            tasking.open_task(Kind.WARNING, row.stripe_id, company_id=row.company_id, detail=row.kind)
            words = {"amount": format_amount(payment.amount_cents)}
            noticing.tell_once(row.company, "payment_suspected", about=row.stripe_id, words=words)
    elif row.outcome == Outcome.OPEN:
        _give_back(payment, SYSTEM)
        _settle(row, (Outcome.OPEN,), Outcome.REFUNDED, SYSTEM)


def decide(*, warning: FraudWarning, gives_back: bool, by: Actor) -> FraudWarning:
    """What a person says about a large one: give it back and end the subscription, or leave it.

    Raises WarningSettled, StripeCallFailed.
    """
    warning.refresh_from_db()
    if warning.outcome != Outcome.REVIEW or warning.payment is None:
        raise WarningSettled
    if gives_back:
        _give_back(warning.payment, by)
    outcome = Outcome.REFUNDED if gives_back else Outcome.CLOSED
    if not _settle(warning, (Outcome.REVIEW,), outcome, by):
        raise WarningSettled
    task = StaffTask.objects.filter(kind=Kind.WARNING, about=warning.stripe_id, closed_at=None).first()
    if task is not None:
        tasking.close_task(task, outcome=outcome, by=by)
    warning.refresh_from_db()
    return warning


def _give_back(payment: Payment, by: Actor) -> None:
    """Refund as fraudulent, which blocks the card at Stripe, and end what it paid for."""
    try:
        refunding.refund(payment=payment, reason="fraudulent", by=by)
    except refunding.NotRefundable:
        payment.refresh_from_db()  # it went back already, or is disputed: there is nothing to give
    subscription = payment.invoice.subscription if payment.invoice else None
    if subscription is not None and subscription.ended_at is None:
        stripe_account.account().cancel_subscription(subscription.stripe_id, "early fraud warning")
        mirroring.mirror_subscription(subscription.stripe_id)


def _settle(row: FraudWarning, sources: tuple[str, ...], outcome: str, by: Actor) -> bool:
    own = FraudWarning.objects.of(row.company_id).filter(pk=row.pk, outcome__in=sources)
    with transaction.atomic():
        is_ours = bool(own.update(outcome=outcome))
        if is_ours:
            target = Target("fraud_warning", row.pk, {"outcome": outcome, "kind": row.kind})
            record("billing.warning_decided", by=by, on=target, company_id=row.company_id)
    return is_ours
