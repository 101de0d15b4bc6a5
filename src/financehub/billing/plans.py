"""What can be bought, as data: plans, their prices in cents of BRL, and what each of them allows."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

TRIAL_DAYS = 14
MONTHS_PAID_PER_YEAR = 10
CURRENCY = "brl"


class Period(StrEnum):
    """How often a plan is paid."""

    MONTHLY = "monthly"
    YEARLY = "yearly"


PLAN_MARK = "plan_id"  # under which our products and prices at Stripe carry their plan
INTERVALS = {Period.MONTHLY: "month", Period.YEARLY: "year"}  # in Stripe's words


class Insights(StrEnum):
    """How much a plan explains."""

    NONE = "none"
    STANDARD = "standard"
    ADVANCED = "advanced"


class Support(StrEnum):
    """Who answers, and how fast."""

    BASIC = "basic"
    PRIORITY = "priority"
    DEDICATED = "dedicated"


@dataclass(frozen=True)
class Limits:
    """What a plan allows; None is without limit."""

    bank_accounts: int | None
    transactions: int | None  # whose bank day is in the period
    members: int | None = None
    api_keys: int | None = None
    insights: Insights = Insights.NONE
    support: Support = Support.BASIC
    pix: bool = True
    connecting: bool = True
    syncing: bool = True


@dataclass(frozen=True)
class Plan:
    """One plan; `month_cents` None is not for sale."""

    id: str
    limits: Limits
    month_cents: int | None = None

    def price_cents(self, period: Period) -> int:
        """What a period costs. Raises ValueError for a plan that is not for sale."""
        if self.month_cents is None:
            raise ValueError(f"{self.id} is not for sale")
        return self.month_cents * (MONTHS_PAID_PER_YEAR if period == Period.YEARLY else 1)

    def lookup_key(self, period: Period) -> str:
        """By what Stripe finds the price."""
        return f"{self.id}_{INTERVALS[period]}_{CURRENCY}"


STARTER = Plan("starter", Limits(3, 1000, members=3, api_keys=2), 2900)
PROFESSIONAL = Plan(
    "professional",
    Limits(10, 5000, members=10, api_keys=10, insights=Insights.STANDARD, support=Support.PRIORITY),
    7900,
)
ENTERPRISE = Plan(
    "enterprise", Limits(None, None, insights=Insights.ADVANCED, support=Support.DEDICATED), 19900
)
FOR_SALE = (STARTER, PROFESSIONAL, ENTERPRISE)

TRIAL = Plan("trial", PROFESSIONAL.limits)
SELF_HOSTED = Plan("self_hosted", Limits(None, None, insights=Insights.ADVANCED, support=Support.BASIC))
# Reading and exporting go on; nothing new comes in.
READ_ONLY = Plan("read_only", Limits(0, 0, members=0, api_keys=0, pix=False, connecting=False, syncing=False))

# What FINANCEHUB_CONNECT_PLANS may name: an operator can keep connecting banks for some of them.
THAT_CONNECT = tuple(plan.id for plan in (TRIAL, *FOR_SALE))

BY_ID = {plan.id: plan for plan in FOR_SALE}


def find(plan_id: str) -> Plan | None:
    """A plan that is for sale, by its id."""
    return BY_ID.get(plan_id)


def offers() -> Iterator[tuple[Plan, Period]]:
    """Everything that can be bought, the cheapest plan first."""
    return ((plan, period) for plan in FOR_SALE for period in Period)


def by_lookup_key(key: str | None) -> tuple[Plan, Period] | None:
    """What a price of ours sells; None for any other price."""
    return next((offer for offer in offers() if offer[0].lookup_key(offer[1]) == key), None)


def by_mark(plan_id: str | None, interval: str) -> tuple[Plan, Period] | None:
    """What a price sells that carries our mark, also when a newer price has taken its lookup key."""
    return next((one for one in offers() if (one[0].id, INTERVALS[one[1]]) == (plan_id, interval)), None)
