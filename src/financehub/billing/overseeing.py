"""What the staff sees of every company's billing: lists by filter, page by page, and the rows of one case."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Q

from financehub.billing.disputing import ANSWERABLE, CLOSED, OPEN
from financehub.billing.models import (
    Dispute,
    DunningCase,
    FraudWarning,
    Payment,
    Review,
    StaffTask,
    Subscription,
)
from financehub.billing.models.subscriptions import STATES
from financehub.core.errors import Invalid, NotFound
from financehub.core.tenancy import TenantModel, TenantQuerySet

RowT = TypeVar("RowT", bound=TenantModel)
PAGE = 50
LONGEST = 80
DISPUTE_GROUPS = {"answerable": ANSWERABLE, "open": OPEN, "closed": CLOSED}


@dataclass(frozen=True)
class Wanted:
    """Empty fields mean any. `text` is part of a company's name, or one of Stripe's ids."""

    status: str = ""
    plan: str = ""
    text: str = ""


@dataclass(frozen=True)
class Page(Generic[RowT]):
    """The newest rows, and the mark after which the next page starts; None on the last one."""

    rows: list[RowT]
    next: str | None


def subscriptions(wanted: Wanted, *, after: str | None = None, limit: int = PAGE) -> Page[Subscription]:
    """By our state (trial, active, past_due, cancelled, expired). Raises Invalid for a mark that is not ours."""
    rows = Subscription.objects.across_companies().select_related("company")
    if wanted.status:
        rows = rows.filter(status__in=[word for word, state in STATES.items() if state == wanted.status])
    if wanted.plan:
        rows = rows.filter(plan_id=wanted.plan)
    rows = rows.filter(_text(wanted.text, "stripe_id"))
    return _page(rows, after, limit)


def cases(wanted: Wanted, *, after: str | None = None, limit: int = PAGE) -> Page[DunningCase]:
    """By status of the case (open, paid, given_up, stopped). Raises Invalid for a mark that is not ours."""
    rows = DunningCase.objects.across_companies().select_related("company", "invoice__subscription")
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    rows = rows.filter(_text(wanted.text, "invoice__stripe_id", "invoice__number"))
    return _page(rows, after, limit)


def disputes(wanted: Wanted, *, after: str | None = None, limit: int = PAGE) -> Page[Dispute]:
    """By group (answerable, open, closed). Raises Invalid for a mark that is not ours."""
    rows = Dispute.objects.across_companies().select_related("company", "payment")
    if wanted.status:
        rows = rows.filter(status__in=DISPUTE_GROUPS.get(wanted.status, ()))
    rows = rows.filter(_text(wanted.text, "stripe_id", "payment__charge_id"))
    return _page(rows, after, limit)


def tasks(*, is_open: bool = True) -> list[StaffTask]:
    """What waits for a person, the oldest first; or the last hundred that were done."""
    rows = StaffTask.objects.select_related("company")
    if is_open:
        return list(rows.filter(closed_at=None).order_by("opened_at"))
    return list(rows.exclude(closed_at=None).order_by("-closed_at")[:100])


def _text(text: str, *exact: str) -> Q:
    text = text.strip()[:LONGEST]
    if not text:
        return Q()
    found = Q(company__name__icontains=text)
    for field in exact:
        found |= Q(**{field: text})
    return found


def _page(rows: TenantQuerySet[RowT], after: str | None, limit: int) -> Page[RowT]:
    listed = rows.filter(pk__lt=_key(after)) if after else rows
    found = list(listed.order_by("-pk")[: limit + 1])
    shown = found[:limit]
    return Page(shown, str(shown[-1].pk) if len(found) > limit else None)


def _key(mark: str) -> UUID:
    try:
        return UUID(mark)
    except ValueError:
        raise Invalid("Unknown page mark", field="after") from None


# -- one row of anybody's --------------------------------------------------------------------------


def _one(model: type[RowT], key: UUID) -> RowT:
    found = model.objects.across_companies().select_related("company").filter(pk=key).first()
    if found is None:
        raise NotFound(f"{model.__name__} not found")
    return found


def subscription(key: UUID) -> Subscription:
    """Raises NotFound, as all of these."""
    return _one(Subscription, key)


def case(key: UUID) -> DunningCase:
    return _one(DunningCase, key)


def dispute(key: UUID) -> Dispute:
    return _one(Dispute, key)


def payment(key: UUID) -> Payment:
    return _one(Payment, key)


def warning(key: UUID) -> FraudWarning:
    return _one(FraudWarning, key)


def review(key: UUID) -> Review:
    return _one(Review, key)


def task(key: UUID) -> StaffTask:
    found = StaffTask.objects.select_related("company").filter(pk=key).first()
    if found is None:
        raise NotFound("StaffTask not found")
    return found


def review_of(found: StaffTask) -> Review | None:
    """The review that a task is about."""
    return Review.objects.across_companies().filter(stripe_id=found.about).first()


def warning_of(found: StaffTask) -> FraudWarning | None:
    """The fraud warning that a task is about."""
    return (
        FraudWarning.objects.across_companies()
        .filter(stripe_id=found.about)
        .select_related("payment")
        .first()
    )
