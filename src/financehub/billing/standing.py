"""Which plan is in force for a company now, since when and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from financehub.billing import plans, stripe_account
from financehub.billing.models import DunningCase, State, Subscription
from financehub.billing.plans import TRIAL_DAYS, Plan
from financehub.companies.models import Company
from financehub.core import clock

RANK = {State.ACTIVE: 0, State.TRIAL: 1, State.PAST_DUE: 2}


@dataclass(frozen=True)
class Standing:
    """`state` None is an installation that sells nothing. The period bounds what is counted."""

    plan: Plan
    state: State | None
    period_start: datetime
    period_end: datetime | None
    subscription: Subscription | None = None
    dunning: DunningCase | None = None

    def days_left(self, at: datetime) -> int | None:
        """Whole days of the trial or of the period still to come, today included."""
        if self.period_end is None:
            return None
        return max(0, -((at - self.period_end) // timedelta(days=1)))


def of(company: Company, *, at: datetime | None = None) -> Standing:
    """The standing of a company at a moment, now unless told."""
    at = at or clock.now()
    if not stripe_account.is_configured():
        return Standing(plans.SELF_HOSTED, None, month_start(at), None)
    subscription = current_subscription(company)
    if subscription is not None and subscription.is_live:
        standing = _subscribed(subscription, at)
        if standing is not None:
            return standing
    trial_ends = company.created_at + timedelta(days=TRIAL_DAYS)
    if at < trial_ends:
        return Standing(plans.TRIAL, State.TRIAL, company.created_at, trial_ends)
    ended = subscription.state if subscription else State.EXPIRED
    return Standing(plans.READ_ONLY, _over(ended), month_start(at), None, subscription)


def current_subscription(company: Company) -> Subscription | None:
    """The one that counts: the best live one, else the newest."""
    rows = list(Subscription.objects.of(company).exclude(plan_id="").order_by("-created_at"))
    live = [row for row in rows if row.is_live]
    return min(live, key=lambda row: (RANK[row.state], row.created_at)) if live else next(iter(rows), None)


def _subscribed(subscription: Subscription, at: datetime) -> Standing | None:
    """None when its plan is unknown, or the time to pay is over."""
    plan, case = plans.find(subscription.plan_id), None
    if subscription.state == State.PAST_DUE:
        cases = DunningCase.objects.of(subscription.company_id).filter(
            invoice__subscription=subscription, status=DunningCase.Status.OPEN
        )
        case = cases.order_by("first_failed_at").first()
        if case is not None and at >= case.ends_at:
            return None
    if plan is None:
        return None
    start = subscription.period_start or subscription.created_at
    return Standing(plan, subscription.state, start, subscription.period_end, subscription, case)


def _over(ended: State) -> State:
    return State.CANCELLED if ended == State.CANCELLED else State.EXPIRED


def month_start(at: datetime) -> datetime:
    """The first instant of a month where the banks are."""
    return clock.start_of_day(at.astimezone(clock.SAO_PAULO).date().replace(day=1))
