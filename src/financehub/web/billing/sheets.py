"""What the page about plan and payment shows, put together from standing, usage and the mirror."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from financehub.banking import allotting, usage
from financehub.banking.models import Account
from financehub.billing import changing, entitlements, plans, redeeming, standing, tax_ids
from financehub.billing.models import Customer, Discount, Invoice, Subscription, TaxId
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
    connects: bool
    current_period: str  # of the plan in force, when it is this one
    over: list["OverLimit"]  # what would become read-only with it


@dataclass(frozen=True)
class OverLimit:
    """More of one thing than a plan allows, what then happens, and the names of what would wait."""

    name: Words
    current: int
    limit: int
    effect: Words
    names: list[str]


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
    discounts: list[Discount]
    tax_ids: list[TaxId]

    @property
    def last_day(self) -> date:
        """Of the days in which transactions are counted."""
        return self.usage.ends - timedelta(days=1)

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
    used = usage.of(company, found, at=at)
    bills = Invoice.objects.of(company).exclude(status__in=["draft", "deleted"]).order_by("-created_at")
    return Sheet(
        standing=found,
        name=texts.PLANS[found.plan.id],
        state=texts.STATES[found.state] if found.state else None,
        usage=used,
        offers=[_offer(company, plan, row, used) for plan in plans.FOR_SALE],
        invoices=[(bill, texts.INVOICES.get(bill.status, bill.status)) for bill in bills[:LAST_INVOICES]],
        customer=Customer.objects.of(company).filter(deleted_at=None).exclude(stripe_id=None).first(),
        days_left=found.days_left(at),
        days_to_pay=max(0, -((at - found.dunning.ends_at).days)) if found.dunning else None,
        next_name=texts.PLANS.get(row.next_plan_id) if row and row.next_plan_id else None,
        discounts=redeeming.in_force(row, at=at) if row else [],
        tax_ids=tax_ids.of(company),
    )


def _offer(company: Company, plan: Plan, row: Subscription | None, used: usage.Usage) -> Offer:
    is_current = row is not None and row.is_live and row.plan_id == plan.id
    return Offer(
        plan=plan,
        name=texts.PLANS[plan.id],
        month_cents=plan.price_cents(Period.MONTHLY),
        year_cents=plan.price_cents(Period.YEARLY),
        insights=texts.INSIGHTS[plan.limits.insights],
        support=texts.SUPPORT[plan.limits.support],
        connects=entitlements.connects(plan),
        current_period=row.period if row is not None and is_current else "",
        over=[] if is_current else over(company, plan, used),
    )


def over(company: Company, plan: Plan, used: usage.Usage) -> list[OverLimit]:
    """What the company has beyond a plan, told before it is chosen: nothing of it is deleted."""
    waiting = [_name(account) for account in allotting.beyond(company, plan)]
    limits = plan.limits
    counted = [
        (texts.PAGE["accounts"], used.accounts, limits.bank_accounts, texts.OVER["accounts"], waiting),
        (texts.PAGE["transactions"], used.transactions, limits.transactions, texts.OVER["transactions"], []),
        (texts.PAGE["members"], used.members, limits.members, texts.OVER["members"], []),
        (texts.PAGE["api_keys"], used.api_keys, limits.api_keys, texts.OVER["api_keys"], []),
    ]
    return [
        OverLimit(name, much.current, limit, effect, names)
        for name, much, limit, effect, names in counted
        if limit is not None and much.current > limit
    ]


def _name(account: Account) -> str:
    bank = account.item.connector.name if account.item else ""
    end = f" {account.number_last4}" if account.number_last4 else ""
    return f"{bank}: {account.name}{end}"


@dataclass(frozen=True)
class Confirmation:
    """What a change will do: charge `due_cents` now, or wait until `later_at`; `over` is what becomes read-only."""

    plan: Plan
    period: Period
    name: Words
    period_name: Words
    due_cents: int
    later_at: datetime | None
    over: list[OverLimit]


def confirmation(company: Company, plan: Plan, period: Period) -> Confirmation:
    """Raises NoSubscription, StripeCallFailed."""
    row = changing.live_subscription(company)
    is_later = changing.comes_later(row, plan, period)
    used = usage.of(company, standing.of(company))
    return Confirmation(
        plan=plan,
        period=period,
        name=texts.PLANS[plan.id],
        period_name=texts.PERIODS[period.value],
        due_cents=changing.preview_cents(company, plan, period),
        later_at=row.period_end if is_later else None,
        over=over(company, plan, used),
    )
