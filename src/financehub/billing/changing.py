"""Changing a live subscription: dearer now with the difference paid, cheaper or shorter at the end of the period.

Each deed is a row with its key before Stripe is called; what comes of it is read back, never assumed.
"""

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import buying, mirroring, plans, stripe_account
from financehub.billing.models import PlanChange, Subscription
from financehub.billing.plans import Period, Plan
from financehub.companies import access
from financehub.companies.models import Company
from financehub.companies.permissions import Permission
from financehub.core import clock, locks
from financehub.core.errors import Conflict
from financehub.providers.stripe.errors import StripeCardDeclined, StripeRefused

Deed = PlanChange.Deed


class NoSubscription(Conflict):
    """There is no live subscription to change."""

    code = "no_subscription"


class SamePlan(Conflict):
    """That is the plan in force already."""

    code = "same_plan"


class NotPaid(Conflict):
    """The difference could not be charged: the plan stays as it is."""

    code = "upgrade_not_paid"


def live_subscription(company: Company) -> Subscription:
    """The one that can be changed. Raises NoSubscription."""
    found = Subscription.objects.of(company).live().exclude(plan_id="").order_by("created_at").first()
    if found is None:
        raise NoSubscription
    return found


def comes_later(subscription: Subscription, plan: Plan, period: Period) -> bool:
    """Whether a change waits for the end of the period: the plan is cheaper, or it is paid more often."""
    old = plans.BY_ID[subscription.plan_id]
    is_shorter = subscription.period == Period.YEARLY and period == Period.MONTHLY
    return is_shorter or plan.price_cents(Period.MONTHLY) < old.price_cents(Period.MONTHLY)


def preview_cents(company: Company, plan: Plan, period: Period) -> int:
    """What a change would charge now, by Stripe's own arithmetic. Raises NoSubscription, StripeCallFailed."""
    subscription = live_subscription(company)
    if comes_later(subscription, plan, period):
        return 0
    item = {"id": subscription.item_id, "price": buying.price_id(plan, period)}
    details = {"items": [item], "proration_behavior": "always_invoice"}
    params = {"subscription": subscription.stripe_id, "subscription_details": details}
    return stripe_account.account().preview_invoice(params).amount_due


def change(*, company: Company, plan_id: str, period: str, by: Actor) -> Subscription:
    """To another plan or period. Raises Denied, PlanUnknown, NoSubscription, SamePlan, NotPaid, StripeCallFailed."""
    access.require(by=by, company=company, permission=Permission.MANAGE_BILLING)
    plan, paid = buying.offer_of(plan_id, period)
    with locks.lease(f"billing-change:{company.pk}", seconds=120, wait=20):
        subscription = live_subscription(company)
        if (subscription.plan_id, subscription.period) == (plan.id, paid.value):
            raise SamePlan
        is_later = comes_later(subscription, plan, paid)
        deed = _begin(subscription, Deed.LATER if is_later else Deed.NOW, by, plan=plan, period=paid)
        planned = (subscription.next_plan_id, subscription.next_period)
        _release(subscription, deed)
        price = buying.price_id(plan, paid)
        if is_later:
            _change_later(subscription, price, paid, deed)
        else:
            try:
                _change_now(subscription, price, deed)
            except NotPaid:
                _plan_again(subscription, *planned, deed)
                raise
        return _read_again(subscription)


def _plan_again(subscription: Subscription, plan_id: str, period: str, deed: PlanChange) -> None:
    """What had been planned stood in the way of a change that was not paid: it is planned as before."""
    plan = plans.find(plan_id)
    if plan is not None:
        paid = Period(period)
        _change_later(subscription, buying.price_id(plan, paid), paid, deed)


def _change_now(subscription: Subscription, price: str, deed: PlanChange) -> None:
    """The difference first: whoever cannot pay it keeps the end that they had planned."""
    _pay_the_difference(subscription, price, deed)
    if subscription.cancel_at_period_end:
        stripe_account.account().update_subscription(
            subscription.stripe_id, {"cancel_at_period_end": False}, key=f"sub-keep:{deed.pk}"
        )


def _pay_the_difference(subscription: Subscription, price: str, deed: PlanChange) -> None:
    params = {
        "items": [{"id": subscription.item_id, "price": price}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "pending_if_incomplete",
    }
    try:
        found = stripe_account.account().update_subscription(
            subscription.stripe_id, params, key=f"sub-change:{deed.pk}"
        )
    except StripeCardDeclined as declined:
        raise NotPaid(reason=declined.decline_code or declined.code) from declined
    if found.pending_update is not None:
        raise NotPaid


def _change_later(subscription: Subscription, price: str, period: Period, deed: PlanChange) -> None:
    account = stripe_account.account()
    schedule = account.schedule_from(subscription.stripe_id, key=f"sub-schedule:{deed.pk}")
    current = schedule.phases[0]
    phases = [
        {
            "items": [{"price": current.items[0].price}],
            "start_date": current.start_date,
            "end_date": current.end_date,
        },
        {"items": [{"price": price}], "duration": {"interval": plans.INTERVALS[period]}},
    ]
    params = {"phases": phases, "end_behavior": "release"}
    account.update_schedule(schedule.id, params, key=f"sub-phases:{deed.pk}")


def cancel(*, company: Company, by: Actor, now: bool = False) -> Subscription:
    """At the end of the period, or at once without money back. Raises Denied, NoSubscription, StripeCallFailed."""
    access.require(by=by, company=company, permission=Permission.MANAGE_BILLING)
    subscription = live_subscription(company)
    deed = _begin(subscription, Deed.CANCEL_NOW if now else Deed.CANCEL, by)
    _release(subscription, deed)
    if now:
        stripe_account.account().cancel_subscription(subscription.stripe_id, "asked by the customer")
    else:
        stripe_account.account().update_subscription(
            subscription.stripe_id, {"cancel_at_period_end": True}, key=f"sub-cancel:{deed.pk}"
        )
    return _read_again(subscription)


def keep(*, company: Company, by: Actor) -> Subscription:
    """Take a planned end, or a planned change, back. Raises Denied, NoSubscription, StripeCallFailed."""
    access.require(by=by, company=company, permission=Permission.MANAGE_BILLING)
    subscription = live_subscription(company)
    deed = _begin(subscription, Deed.KEEP, by)
    _release(subscription, deed)
    if subscription.cancel_at_period_end:
        stripe_account.account().update_subscription(
            subscription.stripe_id, {"cancel_at_period_end": False}, key=f"sub-keep:{deed.pk}"
        )
    return _read_again(subscription)


def _release(subscription: Subscription, deed: PlanChange) -> None:
    """A planned change stands in the way of everything else."""
    if not subscription.schedule_id:
        return
    key = f"sub-release:{deed.pk}"
    try:
        stripe_account.account().release_schedule(subscription.schedule_id, key=key)
    except StripeRefused:
        _read_again(subscription)  # it ended by itself meanwhile
        subscription.refresh_from_db()


def _begin(
    subscription: Subscription,
    deed: str,
    by: Actor,
    *,
    plan: Plan | None = None,
    period: Period | None = None,
) -> PlanChange:
    with transaction.atomic():
        row = PlanChange.objects.create(
            company_id=subscription.company_id,
            subscription=subscription,
            deed=deed,
            plan_id=plan.id if plan else "",
            period=period.value if period else "",
            created_at=clock.now(),
        )
        target = Target("subscription", subscription.pk, {"plan": row.plan_id, "period": row.period})
        record(f"billing.plan_{deed}", by=by, on=target, company_id=subscription.company_id)
    return row


def _read_again(subscription: Subscription) -> Subscription:
    return mirroring.mirror_subscription(subscription.stripe_id) or subscription
