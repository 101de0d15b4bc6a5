"""May this company do that now, and if not, which plan would allow it?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings

from financehub.billing import plans, standing
from financehub.billing.plans import Insights, Plan
from financehub.companies.models import Company
from financehub.core.errors import LimitReached


class Deed(StrEnum):
    """What a plan may forbid. The first four are counted: ask with how many there are already."""

    BANK_ACCOUNT = "bank_account"
    TRANSACTION = "transaction"
    MEMBER = "member"
    API_KEY = "api_key"
    CONNECT = "connect"
    SYNC = "sync"
    INSIGHTS = "insights"
    ADVANCED_INSIGHTS = "advanced_insights"
    PIX = "pix"


@dataclass(frozen=True)
class Answer:
    """`limit` None is without limit; `suggested_plan` is the cheapest that would allow it, if any is sold."""

    is_allowed: bool
    deed: Deed
    current: int
    limit: int | None
    suggested_plan: str | None = None

    @property
    def details(self) -> dict[str, object]:
        """What an error tells beside itself."""
        return {
            "current": self.current,
            "limit": self.limit,
            "upgrade_required": True,
            "suggested_plan": self.suggested_plan,
        }


def may(company: Company, deed: Deed, *, current: int = 0, at: datetime | None = None) -> Answer:
    """Whether the company may do one more of this, having `current` of them."""
    plan = standing.of(company, at=at).plan
    limit = limit_of(plan, deed)
    if limit is None or current < limit:
        return Answer(True, deed, current, limit)
    return Answer(False, deed, current, limit, _cheapest_allowing(deed, current))


def require(company: Company, deed: Deed, *, current: int = 0, at: datetime | None = None) -> None:
    """Raises LimitReached with current, limit, upgrade_required and suggested_plan."""
    answer = may(company, deed, current=current, at=at)
    if not answer.is_allowed:
        raise LimitReached(f"Your plan does not allow this: {deed.value}", **answer.details, deed=deed.value)


def limit_of(plan: Plan, deed: Deed) -> int | None:
    """How many a plan allows; for what is not counted, none at all (0) or any (None)."""
    limits = plan.limits
    counted = {
        Deed.BANK_ACCOUNT: limits.bank_accounts,
        Deed.TRANSACTION: limits.transactions,
        Deed.MEMBER: limits.members,
        Deed.API_KEY: limits.api_keys,
    }
    return counted[deed] if deed in counted else None if _includes(plan, deed) else 0


def connects(plan: Plan) -> bool:
    """Whether a plan may connect banks: it says so, and the operator does not keep that for others."""
    return plan.limits.connecting and (
        not settings.CONNECT_PLANS or plan is plans.SELF_HOSTED or plan.id in settings.CONNECT_PLANS
    )


def _includes(plan: Plan, deed: Deed) -> bool:
    limits = plan.limits
    switches = {
        Deed.CONNECT: connects(plan),
        Deed.SYNC: limits.syncing,
        Deed.INSIGHTS: limits.insights != Insights.NONE,
        Deed.ADVANCED_INSIGHTS: limits.insights == Insights.ADVANCED,
        Deed.PIX: limits.pix,
    }
    return switches[deed]


def _cheapest_allowing(deed: Deed, current: int) -> str | None:
    for plan in plans.FOR_SALE:
        limit = limit_of(plan, deed)
        if limit is None or current < limit:
            return plan.id
    return None
