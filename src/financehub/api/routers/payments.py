"""Plans, buying them, and how the company's subscription stands."""

from datetime import date, datetime, timedelta

from ninja import Router

from financehub.api.addresses import at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.shapes import In, Out
from financehub.banking import usage
from financehub.billing import buying, entitlements, plans, portal, redeeming, standing, stripe_account
from financehub.billing.plans import Period, Plan
from financehub.billing.standing import Standing
from financehub.companies.permissions import Permission

router = Router(tags=["payments"])


class PriceOut(Out):
    """What one period costs."""

    period: str
    amount_cents: int
    currency: str


class LimitsOut(Out):
    """What a plan allows; null is without limit."""

    bank_accounts: int | None
    transactions_per_month: int | None
    members: int | None
    api_keys: int | None
    insights: str
    support: str
    pix: bool
    connecting: bool

    @classmethod
    def of(cls, plan: Plan) -> "LimitsOut":
        limits = plan.limits
        return cls(
            bank_accounts=limits.bank_accounts,
            transactions_per_month=limits.transactions,
            members=limits.members,
            api_keys=limits.api_keys,
            insights=limits.insights.value,
            support=limits.support.value,
            pix=limits.pix,
            connecting=entitlements.connects(plan),
        )


class PlanOut(Out):
    """One plan that can be bought."""

    id: str
    prices: list[PriceOut]
    limits: LimitsOut

    @classmethod
    def of(cls, plan: Plan) -> "PlanOut":
        prices = [
            PriceOut(period=period.value, amount_cents=plan.price_cents(period), currency="BRL")
            for period in Period
        ]
        return cls(id=plan.id, prices=prices, limits=LimitsOut.of(plan))


class PlansOut(Out):
    """`selling` false: this installation is self-hosted and everything is unlimited."""

    selling: bool
    trial_days: int
    plans: list[PlanOut]


class CheckoutIn(In):
    """`plan` is one of /payments/plans/, `period` monthly or yearly."""

    plan: str
    period: str = Period.MONTHLY.value


class CodeIn(In):
    """A promotion code as a person types it."""

    code: str


class AddressOut(Out):
    """Where the browser goes next; it lives for a short time."""

    url: str


class UsedOut(Out):
    """How much of one thing; a null limit is none."""

    current: int
    limit: int | None
    forecast: int | None


class SubscriptionOut(Out):
    """How the company stands. `state` is trial, active, past_due, cancelled or expired; null: nothing is sold.

    Of the days from `countedFrom` to `countedUntil`, `hiddenTransactions` rows are beyond the plan: they are kept,
    count in balances and sums, and are listed with a larger plan or once these days are over.
    """

    state: str | None
    plan: str
    period: str | None
    period_start: datetime
    period_end: datetime | None
    ends_at: datetime | None
    next_plan: str | None
    next_period: str | None
    pay_until: datetime | None
    limits: LimitsOut
    bank_accounts: UsedOut
    transactions: UsedOut
    members: UsedOut
    api_keys: UsedOut
    counted_from: date
    counted_until: date
    hidden_transactions: int

    @classmethod
    def of(cls, found: Standing, used: usage.Usage) -> "SubscriptionOut":
        row = found.subscription
        return cls(
            state=found.state.value if found.state else None,
            plan=found.plan.id,
            period=(row.period or None) if row else None,
            period_start=found.period_start,
            period_end=found.period_end,
            ends_at=row.ends_at if row else None,
            next_plan=(row.next_plan_id or None) if row else None,
            next_period=(row.next_period or None) if row else None,
            pay_until=found.dunning.ends_at if found.dunning else None,
            limits=LimitsOut.of(found.plan),
            bank_accounts=UsedOut(**vars(used.accounts)),
            transactions=UsedOut(**vars(used.transactions)),
            members=UsedOut(**vars(used.members)),
            api_keys=UsedOut(**vars(used.api_keys)),
            counted_from=used.starts,
            counted_until=used.ends - timedelta(days=1),
            hidden_transactions=used.hidden,
        )


@at(
    router,
    "GET",
    "/payments/plans/",
    operation_id="list_payment_plans",
    auth=allowed(Permission.READ),
    response=PlansOut,
)
def list_plans(request: AuthedRequest) -> PlansOut:  # noqa: ARG001 - Ninja names it
    """What can be bought, the cheapest first."""
    return PlansOut(
        selling=stripe_account.is_configured(),
        trial_days=plans.TRIAL_DAYS,
        plans=[PlanOut.of(plan) for plan in plans.FOR_SALE],
    )


@at(
    router,
    "GET",
    "/payments/subscription/",
    operation_id="get_subscription",
    auth=allowed(Permission.READ),
    response=SubscriptionOut,
)
def get_subscription(request: AuthedRequest) -> SubscriptionOut:
    """The plan in force, until when, and how much of it is used."""
    found = standing.of(request.auth.company)
    return SubscriptionOut.of(found, usage.of(request.auth.company, found))


@at(
    router,
    "POST",
    "/payments/checkout/",
    operation_id="create_checkout",
    auth=allowed(Permission.MANAGE_BILLING),
    response=AddressOut,
)
def create_checkout(request: AuthedRequest, payload: CheckoutIn) -> AddressOut:
    """Start buying a plan on Stripe's page. 409 `already_subscribed` while a subscription is live."""
    caller = request.auth
    session = buying.start_checkout(
        company=caller.company,
        user=caller.user,
        plan_id=payload.plan,
        period=payload.period,
        by=caller.actor,
    )
    return AddressOut(url=session.url or "")


@at(
    router,
    "POST",
    "/payments/portal/",
    operation_id="create_portal",
    auth=allowed(Permission.MANAGE_BILLING),
    response=AddressOut,
)
def create_portal(request: AuthedRequest) -> AddressOut:
    """Stripe's page for card, plan, cancelling and invoices. 409 `no_customer` before the first purchase."""
    return AddressOut(url=portal.open_portal(company=request.auth.company, by=request.auth.actor))


@at(
    router,
    "POST",
    "/payments/promotion-code/",
    operation_id="use_promotion_code",
    auth=allowed(Permission.MANAGE_BILLING),
    response=SubscriptionOut,
)
def use_promotion_code(request: AuthedRequest, payload: CodeIn) -> SubscriptionOut:
    """Put a code on the subscription that runs, in place of one before. 422 `promotion_code_invalid`."""
    company = request.auth.company
    redeeming.use_code(company=company, word=payload.code, by=request.auth.actor)
    found = standing.of(company)
    return SubscriptionOut.of(found, usage.of(company, found))
