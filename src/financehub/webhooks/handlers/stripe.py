"""Stripe's events by tier: A changes access or money, B is ledger, C is worth telling, D is only kept."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from uuid import UUID

from financehub.webhooks.handlers import stripe_billing
from financehub.webhooks.notices import Answer, Effect, Handler, Notice

NOT_YET = "billing does not answer this yet"
ONLY_KEPT = "kept only"
STRANGER = "a customer we do not know"
STRANGERS = Effect(parked_because=STRANGER, may_resolve=True)

# tier, where the state comes from, and the names; exactly these are subscribed.
SUBSCRIBED: tuple[tuple[str, str, str, str], ...] = (
    ("A", "fetch", "checkout.session", "completed async_payment_succeeded async_payment_failed"),
    ("C", "payload", "checkout.session", "expired"),
    ("B", "payload", "customer", "created tax_id.created tax_id.updated tax_id.deleted"),
    ("B", "payload", "customer", "discount.created discount.updated discount.deleted"),
    ("B", "fetch", "customer", "updated"),
    ("A", "payload", "customer", "deleted"),
    ("A", "fetch", "customer.subscription", "created updated deleted paused resumed"),
    ("A", "fetch", "customer.subscription", "pending_update_applied pending_update_expired"),
    ("C", "fetch", "customer.subscription", "trial_will_end"),
    ("B", "payload", "invoice", "created finalized updated payment_succeeded deleted overpaid"),
    ("C", "fetch", "invoice", "finalization_failed"),
    ("A", "fetch", "invoice", "paid payment_failed payment_action_required marked_uncollectible voided"),
    ("C", "payload", "invoice", "upcoming overdue will_be_due"),
    ("D", "none", "invoice", "payment_attempt_required sent"),
    ("B", "payload", "invoice_payment", "paid"),
    ("D", "none", "payment_intent", "created"),
    ("B", "payload", "payment_intent", "processing succeeded payment_failed canceled"),
    ("C", "payload", "payment_intent", "requires_action"),
    ("B", "payload", "charge", "succeeded failed pending updated refunded"),
    ("D", "none", "charge", "expired"),
    ("A", "fetch", "charge.dispute", "created closed"),
    ("B", "fetch", "charge.dispute", "updated"),
    ("B", "payload", "charge.dispute", "funds_withdrawn funds_reinstated"),
    ("A", "fetch", "refund", "created updated failed"),
    ("A", "fetch", "radar.early_fraud_warning", "created updated"),
    ("C", "payload", "review", "opened closed"),
    ("A", "fetch", "payment_method", "attached automatically_updated"),
    ("B", "payload", "payment_method", "updated"),
    ("A", "payload", "payment_method", "detached"),
    ("A", "fetch", "setup_intent", "succeeded"),
    ("C", "payload", "setup_intent", "setup_failed"),
    ("D", "none", "setup_intent", "requires_action"),
    ("A", "fetch", "mandate", "updated"),
    ("C", "payload", "price", "created updated deleted"),
    ("C", "payload", "product", "created updated deleted"),
    ("D", "none", "coupon", "created updated deleted"),
    ("D", "none", "promotion_code", "created updated"),
    ("A", "list", "entitlements.active_entitlement_summary", "updated"),
    ("D", "none", "billing_portal.session", "created"),
    ("C", "payload", "billing_portal.configuration", "created updated"),
    ("B", "fetch", "subscription_schedule", "created updated released completed canceled aborted"),
    ("C", "payload", "subscription_schedule", "expiring"),
    ("B", "payload", "credit_note", "created updated voided"),
    ("D", "none", "test_helpers.test_clock", "advancing ready internal_failure"),
)

TRUTHS = {"fetch": "the object, read again", "payload": "the event", "list": "a list call", "none": "-"}
TIERS: dict[str, str] = {
    f"{about}.{deed}": tier for tier, _, about, deeds in SUBSCRIBED for deed in deeds.split()
}


def not_yet(_notices: Sequence[Notice]) -> Effect:
    """Kept and shown until billing answers it; `retry_webhook --type` then runs it."""
    return Effect(ignored_because=NOT_YET)


def only_kept(_notices: Sequence[Notice]) -> Effect:
    """Nothing follows from it."""
    return Effect(ignored_because=ONLY_KEPT)


def tenant_of(notice: Notice) -> UUID | None:
    """Whose customer it is: billing binds customers to companies."""
    return stripe_billing.tenant_of(notice)


@cache
def _or_strangers(handle: Handler) -> Handler:
    """The same, but what is about a customer whom nobody here knows waits for a person.

    Of a customer whom we know nothing was found: it is gone at Stripe, and that is an end.
    """

    def handle_or_park(notices: Sequence[Notice]) -> Effect | Sequence[Effect]:
        effect = handle(notices)
        if effect != stripe_billing.NOBODYS or not _names_a_customer(notices[0]):
            return effect
        company_id = tenant_of(notices[0])
        return Effect(company_id) if company_id else STRANGERS

    return handle_or_park


def _names_a_customer(notice: Notice) -> bool:
    return notice.object_key.startswith("customer:")


# What billing answers, by type; it grows with that room.
BILLING: dict[str, Answer] = {
    name: replace(answer, handle=_or_strangers(answer.handle))
    for name, answer in stripe_billing.ANSWERS.items()
}


def _answers() -> dict[str, Answer]:
    found = {}
    for tier, truth, about, deeds in SUBSCRIBED:
        handle: Handler = only_kept if tier == "D" else not_yet
        effect = f"tier {tier}: {ONLY_KEPT if tier == 'D' else 'stored; ' + NOT_YET}"
        for deed in deeds.split():
            found[f"{about}.{deed}"] = Answer(
                handle, effect, TRUTHS[truth], "TestEveryStripeEvent", is_ignored=True, is_local=True
            )
    return found


ANSWERS: dict[str, Answer] = {**_answers(), **BILLING}
