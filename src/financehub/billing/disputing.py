"""A payer's bank wants money back: the case, its deadline, evidence staged by one person and sent by another."""

from uuid import UUID

import msgspec
from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import mirroring, noticing, stripe_account
from financehub.billing.mirroring import moment
from financehub.billing.models import Dispute
from financehub.core import clock, events
from financehub.core.errors import Conflict, Denied
from financehub.core.ids import new_id
from financehub.core.money import format_amount
from financehub.providers.stripe.errors import StripeMissing

ANSWERABLE = ("needs_response", "warning_needs_response")


class NotAnswerable(Conflict):
    """The dispute waits for no answer, its deadline is over, or nothing is staged."""

    code = "dispute_not_answerable"


class SecondPersonNeeded(Denied):
    """Who staged the evidence does not send it: another person must look."""

    code = "second_person_needed"


def mirror_dispute(stripe_id: str) -> Dispute | None:
    """Read a dispute and its payment again; None when it is nobody's here."""
    started, account = clock.now(), stripe_account.account()
    try:
        found = account.dispute(stripe_id)
    except StripeMissing:
        return None
    payment = mirroring.mirror_payment(found.payment_intent) if found.payment_intent else None
    if payment is None:
        return None
    fields: dict[str, object] = {
        "payment": payment,
        "status": found.status,
        "reason": found.reason,
        "currency": found.currency,
        "amount_cents": found.amount,
        "due_at": moment(found.evidence_details.due_by or None),
        "submissions": found.evidence_details.submission_count,
        "created_at": moment(found.created),
    }
    with transaction.atomic():
        row, _, is_changed = mirroring.keep(Dispute, payment.company_id, stripe_id, fields, started)
        if is_changed:
            target = Target("dispute", row.pk, {"status": row.status, "amount_cents": row.amount_cents})
            record("billing.dispute_changed", by=mirroring.VENDOR, on=target, company_id=row.company_id)
            events.publish(row.company_id, "payment", row.pk)
    _tell(row)
    return row


def _tell(row: Dispute) -> None:
    kinds = {"won": "dispute_closed", "lost": "dispute_closed"}
    kind = kinds.get(row.status, "dispute_opened" if row.status in ANSWERABLE else "")
    if kind:
        words = {"amount": format_amount(row.amount_cents), "outcome": row.status}
        noticing.tell_once(row.company, kind, about=row.stripe_id, words=words)


def stage(*, dispute: Dispute, evidence: dict[str, str], person: UUID, by: Actor) -> Dispute:
    """Keep the evidence at Stripe without sending it. Raises NotAnswerable, StripeCallFailed."""
    _require_answerable(dispute)
    stripe_account.account().update_dispute(
        dispute.stripe_id, {"evidence": evidence, "submit": False}, key=f"evidence:{new_id()}"
    )
    sealed = msgspec.json.encode(evidence).decode()
    with transaction.atomic():
        Dispute.objects.of(dispute.company_id).filter(pk=dispute.pk).update(evidence=sealed, staged_by=person)
        target = Target("dispute", dispute.pk)
        record("billing.evidence_staged", by=by, on=target, company_id=dispute.company_id)
    dispute.refresh_from_db()
    return dispute


def submit(*, dispute: Dispute, person: UUID, by: Actor) -> Dispute | None:
    """Send what another person staged: once, for good. Raises NotAnswerable, SecondPersonNeeded, StripeCallFailed."""
    dispute.refresh_from_db()
    _require_answerable(dispute)
    if dispute.evidence is None or dispute.staged_by is None:
        raise NotAnswerable
    if dispute.staged_by == person:
        raise SecondPersonNeeded
    stripe_account.account().update_dispute(
        dispute.stripe_id, {"submit": True}, key=f"submit:{dispute.stripe_id}:{dispute.submissions}"
    )
    target = Target("dispute", dispute.pk)
    record("billing.evidence_submitted", by=by, on=target, company_id=dispute.company_id)
    return mirror_dispute(dispute.stripe_id)


def _require_answerable(dispute: Dispute) -> None:
    is_late = dispute.due_at is None or dispute.due_at <= clock.now()
    if dispute.status not in ANSWERABLE or is_late:
        raise NotAnswerable
