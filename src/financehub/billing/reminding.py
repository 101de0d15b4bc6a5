"""The clock of the trial: a word three days before it ends, and one when it has."""

from datetime import datetime, timedelta
from functools import partial

from financehub.billing import noticing, standing, stripe_account
from financehub.billing.models import State
from financehub.billing.plans import TRIAL_DAYS
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.each import for_each

DAYS_BEFORE = 3
LOOK_BACK = timedelta(days=7)  # an old trial that ended before this room existed is no news


def remind(*, at: datetime | None = None) -> int:
    """Tell the owners whose trial ends soon or just ended, each once; how many were told. Raises SomeFailed."""
    if not stripe_account.is_configured():
        return 0
    at = at or clock.now()
    ends = timedelta(days=TRIAL_DAYS)
    near = Company.objects.filter(
        created_at__lte=at - ends + timedelta(days=DAYS_BEFORE), created_at__gt=at - ends - LOOK_BACK
    )
    return sum(for_each(near, partial(_tell, at=at)))


def _tell(company: Company, *, at: datetime) -> bool:
    now = standing.of(company, at=at)
    last = company.created_at + timedelta(days=TRIAL_DAYS)
    words = {"day": last.astimezone(clock.SAO_PAULO).strftime("%d/%m/%Y")}
    if now.subscription is not None:
        return False
    kind = "trial_ending" if now.state == State.TRIAL else "trial_over"
    return noticing.tell_once(company, kind, about=str(company.pk), words=words)
