"""One try at charging an unpaid invoice: its row and key first, then the call, then what came of it."""

from financehub.audit.recording import SYSTEM, Target, record
from financehub.billing import stripe_account
from financehub.billing.models import DunningAttempt, DunningCase
from financehub.core import clock
from financehub.providers.stripe.errors import (
    StripeActionNeeded,
    StripeCardDeclined,
    StripeRefused,
    StripeUnavailable,
)

Outcome = DunningAttempt.Outcome


def attempt(case: DunningCase, *, trigger: str, key: str, method_id: str = "") -> DunningAttempt:
    """The attempt with this key, made once; one whose answer was lost is asked again with the same key.

    A card of its own that paid takes the place of the one that failed, before the outcome is written down.
    Raises StripeUnavailable: then its outcome stays unknown, and the next call is the same attempt.
    """
    row, _ = DunningAttempt.objects.of(case.company_id).get_or_create(
        key=key,
        defaults={"company_id": case.company_id, "case": case, "trigger": trigger, "created_at": clock.now()},
    )
    if row.outcome != Outcome.UNKNOWN:
        return row
    row.outcome, row.code = _call(case, key, method_id)
    if method_id and row.outcome == Outcome.PAID:
        _use_from_now_on(case, method_id, row)
    row.finished_at = clock.now()
    row.save(update_fields=["outcome", "code", "finished_at"])
    target = Target("dunning_attempt", row.pk, {"trigger": trigger, "outcome": row.outcome})
    record("billing.payment_tried", by=SYSTEM, on=target, company_id=case.company_id)
    return row


def _call(case: DunningCase, key: str, method_id: str) -> tuple[str, str]:
    """(outcome, Stripe's code)."""
    try:
        invoice = stripe_account.account().pay_invoice(case.invoice.stripe_id, key=key, method_id=method_id)
    except StripeCardDeclined as declined:
        return Outcome.DECLINED, declined.decline_code or declined.code
    except StripeActionNeeded as needed:
        return Outcome.ACTION, needed.code
    except StripeUnavailable:
        raise
    except StripeRefused as refused:
        return Outcome.UNPAYABLE, refused.code
    return (Outcome.PAID, "") if invoice.status == "paid" else (Outcome.ACTION, invoice.status)


def _use_from_now_on(case: DunningCase, method_id: str, paid: DunningAttempt) -> None:
    """The card that failed sat on the subscription."""
    subscription = case.invoice.subscription
    if subscription is not None and subscription.ended_at is None:
        stripe_account.account().update_subscription(
            subscription.stripe_id, {"default_payment_method": method_id}, key=f"sub-card:{paid.pk}"
        )
