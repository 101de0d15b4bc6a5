"""What the page about plan and payment shows, put together from standing, usage and the mirror."""

from dataclasses import dataclass
from datetime import datetime

from financehub.banking import usage
from financehub.billing import changing, plans, standing
from financehub.billing.models import Customer, Invoice, Subscription
from financehub.billing.plans import Period, Plan
from financehub.billing.standing import Standing
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.words import Words
from financehub.web.billing import texts

LAST_INVOICES = 24


@dataclass(frozen=True)
class Offer:
    """One plan as a person compares it; `price_cents` by period."""

    plan: Plan
    name: Words
    month_cents: int
    year_cents: int
    insights: Words
    support: Words
    current_period: str  # of the plan in force, when it is this one


@dataclass(frozen=True)
class Sheet:
    """The whole page."""

    standing: Standing
    name: Words
    state: Words | None
    usage: usage.Usage
    offers: list[Offer]
    invoices: list[tuple[Invoice, Words | str]]
    customer: Customer | None
    days_left: int | None
    days_to_pay: int | None
    next_name: Words | None

    @property
    def live(self) -> Subscription | None:
        """The subscription that can be changed."""
        row = self.standing.subscription
        return row if row is not None and row.is_live else None


def sheet(company: Company, *, at: datetime | None = None) -> Sheet:
    """Everything about the company's plan now."""
    at = at or clock.now()
    found = standing.of(company, at=at)
    row = found.subscription
    bills = Invoice.objects.of(company).exclude(status__in=["draft", "deleted"]).order_by("-created_at")
    return Sheet(
        standing=found,
        name=texts.PLANS[found.plan.id],
        state=texts.STATES[found.state] if found.state else None,
        usage=usage.of(company, found, at=at),
        offers=[_offer(plan, row) for plan in plans.FOR_SALE],
        invoices=[(bill, texts.INVOICES.get(bill.status, bill.status)) for bill in bills[:LAST_INVOICES]],
        customer=Customer.objects.of(company).filter(deleted_at=None).exclude(stripe_id=None).first(),
        days_left=found.days_left(at),
        days_to_pay=max(0, -((at - found.dunning.ends_at).days)) if found.dunning else None,
        next_name=texts.PLANS.get(row.next_plan_id) if row and row.next_plan_id else None,
    )


def _offer(plan: Plan, row: Subscription | None) -> Offer:
    is_current = row is not None and row.is_live and row.plan_id == plan.id
    return Offer(
        plan=plan,
        name=texts.PLANS[plan.id],
        month_cents=plan.price_cents(Period.MONTHLY),
        year_cents=plan.price_cents(Period.YEARLY),
        insights=texts.INSIGHTS[plan.limits.insights],
        support=texts.SUPPORT[plan.limits.support],
        current_period=row.period if row is not None and is_current else "",
    )


@dataclass(frozen=True)
class Confirmation:
    """What a change will do: charge `due_cents` now, or wait until `later_at`; `over` is what becomes read-only."""

    plan: Plan
    period: Period
    name: Words
    period_name: Words
    due_cents: int
    later_at: datetime | None
    over: list[tuple[Words, int, int]]


def confirmation(company: Company, plan: Plan, period: Period) -> Confirmation:
    """Raises NoSubscription, StripeCallFailed."""
    row = changing.live_subscription(company)
    is_later = changing.comes_later(row, plan, period)
    used = usage.of(company, standing.of(company))
    counted = [
        (texts.PAGE["accounts"], used.accounts.current, plan.limits.bank_accounts),
        (texts.PAGE["transactions"], used.transactions.current, plan.limits.transactions),
    ]
    return Confirmation(
        plan=plan,
        period=period,
        name=texts.PLANS[plan.id],
        period_name=texts.PERIODS[period.value],
        due_cents=changing.preview_cents(company, plan, period),
        later_at=row.period_end if is_later else None,
        over=[
            (name, current, limit)
            for name, current, limit in counted
            if limit is not None and current > limit
        ],
    )
