"""Stripe's events about money that goes back or is contested: refunds, credit notes, disputes, warnings, reviews."""

from financehub.billing import crediting, disputing, refunding, reviewing, suspecting
from financehub.webhooks.handlers.stripe_reading import Notices, each, rows
from financehub.webhooks.notices import Answer, Effect


def refund_changed(notices: Notices) -> Effect:
    """A refund and the payment it belongs to."""
    return each(notices, "id", refunding.mirror_refund)


def credit_note_changed(notices: Notices) -> Effect:
    """A part of an invoice that was taken back."""
    return each(notices, "id", crediting.mirror_credit_note)


def dispute_changed(notices: Notices) -> Effect:
    """A dispute, its deadline and its payment."""
    return each(notices, "id", disputing.mirror_dispute)


def warning_changed(notices: Notices) -> Effect:
    """A suspicion of the issuer: the policy by amount decides, once."""
    return each(notices, "id", suspecting.mirror_warning)


def review_changed(notices: Notices) -> Effect:
    """Somebody has to look at a payment, or has looked."""
    return each(notices, "id", reviewing.mirror_review)


ANSWERS: dict[str, Answer] = {
    **rows(
        "TestARefundEvent",
        refund_changed,
        "read refund and payment, one row each; one that failed is a task",
        "GET /v1/refunds/{id}",
        "refund: created updated failed",
    ),
    **rows(
        "TestACreditNoteEvent",
        credit_note_changed,
        "read the credit note and its invoice; one row",
        "GET /v1/credit_notes/{id}",
        "credit_note: created updated voided",
    ),
    **rows(
        "TestADisputeEvent",
        dispute_changed,
        "read the dispute: case, deadline, outcome; tell the owners",
        "GET /v1/disputes/{id}",
        "charge.dispute: created updated closed funds_withdrawn funds_reinstated",
    ),
    **rows(
        "TestAWarningEvent",
        warning_changed,
        "small: refund and cancel; large: a person decides",
        "GET /v1/radar/early_fraud_warnings/{id}",
        "radar.early_fraud_warning: created updated",
    ),
    **rows(
        "TestAReviewEvent",
        review_changed,
        "read the review: open is a task for the staff, closed ends it",
        "GET /v1/reviews/{id}",
        "review: opened closed",
    ),
}
