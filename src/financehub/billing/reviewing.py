"""Reviews of Stripe's Radar: nothing is blocked by them, but somebody of the staff has to look."""

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import keying, mirroring, stripe_account, tasking
from financehub.billing.models import Review, StaffTask
from financehub.billing.moments import moment
from financehub.core import clock
from financehub.core.errors import Conflict

Kind = StaffTask.Kind


class ReviewOver(Conflict):
    """The review is closed at Stripe already."""

    code = "review_closed"


def mirror_review(stripe_id: str) -> Review | None:
    """Read a review again; an open one is a task, a closed one is none. None when it is nobody's here."""
    started = clock.now()
    known = mirroring.read_with_payment(stripe_account.account().review, stripe_id)
    if known is None:
        return None
    found, payment = known
    fields: dict[str, object] = {
        "payment": payment,
        "is_open": found.open,
        "reason": found.reason,
        "closed_reason": found.closed_reason or "",
        "created_at": moment(found.created),
    }
    with transaction.atomic():
        row, _, _ = mirroring.keep(Review, payment.company_id, stripe_id, fields, started)
        if row.is_open:
            tasking.open_task(Kind.REVIEW, stripe_id, company_id=row.company_id, detail=row.reason)
        else:
            tasking.settle(Kind.REVIEW, stripe_id, outcome=row.closed_reason or tasking.BY_ITSELF)
    return row


def approve(*, review: Review, by: Actor) -> Review:
    """All is well, says a person; Stripe is told. Raises ReviewOver, StripeCallFailed."""
    review.refresh_from_db()
    if not review.is_open:
        raise ReviewOver
    with keying.stored_key("review-approve", about=review.pk, company_id=review.company_id) as key:
        stripe_account.account().approve_review(review.stripe_id, key=key)
    task = StaffTask.objects.filter(kind=Kind.REVIEW, about=review.stripe_id, closed_at=None).first()
    if task is not None:
        tasking.close_task(task, outcome="approved", by=by)
    record("billing.review_approved", by=by, on=Target("review", review.pk), company_id=review.company_id)
    return mirror_review(review.stripe_id) or review
