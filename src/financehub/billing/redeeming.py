"""A promotion code on a subscription that runs: the next invoices cost less."""

from datetime import datetime

from financehub.audit.recording import Actor, Target, record
from financehub.billing import changing, discounting, keying, mirroring, stripe_account
from financehub.billing.models import Discount, Subscription
from financehub.companies import access
from financehub.companies.models import Company
from financehub.companies.permissions import Permission
from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.providers.stripe.errors import StripeRefused


class CodeInvalid(Invalid):
    """There is no such promotion code, it is over, or it is not for this company."""

    code = "promotion_code_invalid"


def find_code(word: str) -> str:
    """Stripe's id of an active promotion code, capitals aside. Raises CodeInvalid, StripeCallFailed."""
    word = word.strip()
    account = stripe_account.account()
    spellings = dict.fromkeys([word, word.upper()]) if word and len(word) <= 80 else {}
    found = next((rows[0] for one in spellings if (rows := account.promotion_codes(one))), None)
    if found is None:
        raise CodeInvalid(field="code")
    discounting.mirror_promotion_code(found.id)
    return found.id


def use_code(*, company: Company, word: str, by: Actor) -> Subscription:
    """Put a code on the live subscription, in place of the one before. Raises Denied, NoSubscription, CodeInvalid."""
    access.require(by=by, company=company, permission=Permission.MANAGE_BILLING)
    subscription = changing.live_subscription(company)
    code_id = find_code(word)
    params: dict[str, object] = {"discounts": [{"promotion_code": code_id}]}
    try:
        with keying.stored_key(
            "discount", about=subscription.pk, company_id=company.pk, params=params
        ) as key:
            stripe_account.account().update_subscription(subscription.stripe_id, params, key=key)
    except StripeRefused as refused:
        raise CodeInvalid(field="code", reason=refused.code) from refused
    record("billing.code_used", by=by, on=Target("subscription", subscription.pk), company_id=company.pk)
    return mirroring.mirror_subscription(subscription.stripe_id) or subscription


def in_force(subscription: Subscription, *, at: datetime | None = None) -> list[Discount]:
    """The discounts that an invoice made now would get."""
    rows = Discount.objects.of(subscription.company_id).filter(subscription=subscription, ended_at=None)
    rows = rows.exclude(ends_at__lte=at or clock.now())
    return list(rows.select_related("coupon").order_by("starts_at"))
