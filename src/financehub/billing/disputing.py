"""A payer's bank wants money back: the case and its deadline, copied from Stripe, and its end told to the owners."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import keying, mirroring, noticing, stripe_account
from financehub.billing.models import Dispute
from financehub.billing.moments import moment
from financehub.core import clock, events
from financehub.core.errors import Conflict, Denied
from financehub.core.money import format_amount

ANSWERABLE = ("needs_response", "warning_needs_response")
OPEN = (*ANSWERABLE, "under_review", "warning_under_review", "appeal_needs_response", "appeal_under_review")
CLOSED = ("won", "lost", "warning_closed", "prevented")


class NotAnswerable(Conflict):
    """The dispute waits for no answer, its deadline is over, or nothing is staged."""

    code = "dispute_not_answerable"


class SecondPersonNeeded(Denied):
    """What cannot be taken back is begun by one person and done by another."""

    code = "second_person_needed"


class EvidenceChanged(Conflict):
    """The evidence was changed after the person looked at it: look again."""

    code = "evidence_changed"


def mirror_dispute(stripe_id: str) -> Dispute | None:
    """Read a dispute and its payment again; None when it is nobody's here."""
    started = clock.now()
    known = mirroring.read_with_payment(stripe_account.account().dispute, stripe_id)
    if known is None:
        return None
    found, payment = known
    fields: dict[str, object] = {
        "payment": payment,
        "status": found.status,
        "reason": found.reason,
        "currency": found.currency,
        "amount_cents": found.amount,
        "due_at": moment(found.evidence_details.due_by or None),
        "submissions": found.evidence_details.submission_count,
        "moved_cents": sum(line.net for line in found.balance_transactions),
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
    kind = "dispute_closed" if row.status in ("won", "lost") else ""
    kind = "dispute_opened" if row.status in ANSWERABLE else kind
    if kind:
        words = {"amount": format_amount(row.amount_cents), "outcome": row.status}
        noticing.tell_once(row.company, kind, about=row.stripe_id, words=words)


def require_answerable(dispute: Dispute) -> None:
    """Raises NotAnswerable."""
    is_late = dispute.due_at is None or dispute.due_at <= clock.now()
    if dispute.status not in ANSWERABLE or is_late:
        raise NotAnswerable


def submit(*, dispute: Dispute, person: UUID, by: Actor, seen_at: datetime | None = None) -> Dispute:
    """Send what another person staged: once, for good. `seen_at` is the `staged_at` that this person looked at.

    Raises NotAnswerable, SecondPersonNeeded, EvidenceChanged, StripeCallFailed.
    """
    dispute.refresh_from_db()
    require_answerable(dispute)
    if dispute.staged_by is None:
        raise NotAnswerable
    if dispute.staged_by == person:
        raise SecondPersonNeeded
    if seen_at is not None and seen_at != dispute.staged_at:
        raise EvidenceChanged
    with keying.stored_key("dispute-submit", about=dispute.pk, company_id=dispute.company_id) as key:
        stripe_account.account().update_dispute(dispute.stripe_id, {"submit": True}, key=key)
        record("billing.evidence_submitted", by=by, on=_target(dispute), company_id=dispute.company_id)
    return mirror_dispute(dispute.stripe_id) or dispute


def propose_to_accept(*, dispute: Dispute, person: UUID, by: Actor) -> Dispute:
    """Say that this loss should be taken; nothing happens until another person does it. Raises NotAnswerable."""
    require_answerable(dispute)
    with transaction.atomic():
        Dispute.objects.of(dispute.company_id).filter(pk=dispute.pk).update(yielded_by=person)
        record("billing.dispute_yielded", by=by, on=_target(dispute), company_id=dispute.company_id)
    dispute.refresh_from_db()
    return dispute


def accept(*, dispute: Dispute, person: UUID, by: Actor) -> Dispute:
    """Take the loss that another person proposed to take: for good.

    Raises NotAnswerable, SecondPersonNeeded, StripeCallFailed.
    """
    dispute.refresh_from_db()
    require_answerable(dispute)
    if dispute.yielded_by is None:
        raise NotAnswerable
    if dispute.yielded_by == person:
        raise SecondPersonNeeded
    with keying.stored_key("dispute-accept", about=dispute.pk, company_id=dispute.company_id) as key:
        stripe_account.account().close_dispute(dispute.stripe_id, key=key)
        record("billing.dispute_accepted", by=by, on=_target(dispute), company_id=dispute.company_id)
    return mirror_dispute(dispute.stripe_id) or dispute


def _target(dispute: Dispute) -> Target:
    return Target("dispute", dispute.pk)
