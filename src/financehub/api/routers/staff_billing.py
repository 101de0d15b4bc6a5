"""Billing of every company, for the staff: subscriptions, late payments, refunds, tasks."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from ninja import Query, Router

from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest
from financehub.api.pagination import PageIn, PageOut
from financehub.api.shapes import In, Out
from financehub.api.staff import staff
from financehub.billing import deciding, overseeing, refunding, story
from financehub.billing.models import DunningCase, Refund, StaffTask, Subscription
from financehub.billing.overseeing import Wanted
from financehub.billing.story import Step

router = Router(tags=["staff: billing"])


class RowsIn(PageIn):
    """Empty fields mean any; `search` is part of a company's name or one of Stripe's ids."""

    status: str = ""
    plan: str = ""
    search: str = ""

    def wanted(self) -> Wanted:
        return Wanted(status=self.status, plan=self.plan, text=self.search)


class StepOut(Out):
    """One step of a story: `what` is a deed of the audit trail, or `mail`."""

    at: datetime
    what: str
    detail: str
    actor: str

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(at=step.at, what=step.what, detail=step.detail, actor=step.person or step.actor_kind)


class StaffSubscriptionOut(Out):
    """A company's subscription. `state` is ours, `status` Stripe's."""

    id: UUID
    company: str
    stripe_id: str
    state: str
    status: str
    plan: str
    period: str
    period_end: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    story: list[StepOut] = []

    @classmethod
    def of(cls, row: Subscription) -> Self:
        return cls(
            id=row.pk,
            company=row.company.name,
            stripe_id=row.stripe_id,
            state=row.state.value,
            status=row.status,
            plan=row.plan_id,
            period=row.period,
            period_end=row.period_end,
            ends_at=row.ends_at,
            ended_at=row.ended_at,
        )


class DunningCaseOut(Out):
    """An unpaid renewal."""

    id: UUID
    company: str
    invoice: str
    remaining_cents: int
    status: str
    refusal: str
    first_failed_at: datetime
    next_at: datetime | None
    ends_at: datetime
    story: list[StepOut] = []

    @classmethod
    def of(cls, row: DunningCase) -> Self:
        return cls(
            id=row.pk,
            company=row.company.name,
            invoice=row.invoice.stripe_id,
            remaining_cents=row.invoice.remaining_cents,
            status=row.status,
            refusal=row.refusal,
            first_failed_at=row.first_failed_at,
            next_at=row.next_at,
            ends_at=row.ends_at,
        )


class RefundIn(In):
    """Without an amount: all that is left."""

    reason: str
    amount_cents: int | None = None


class RefundOut(Out):
    """What became of it; `failed` means that the money came back to us."""

    id: UUID
    stripe_id: str | None
    status: str
    amount_cents: int

    @classmethod
    def of(cls, row: Refund) -> Self:
        return cls(id=row.pk, stripe_id=row.stripe_id, status=row.status, amount_cents=row.amount_cents)


class TaskOut(Out):
    """Something that waits for a person."""

    id: UUID
    kind: str
    about: str
    company: str | None
    detail: str
    opened_at: datetime
    outcome: str
    closed_at: datetime | None

    @classmethod
    def of(cls, task: StaffTask) -> Self:
        return cls(
            id=task.pk,
            kind=task.kind,
            about=task.about,
            company=task.company.name if task.company else None,
            detail=task.detail,
            opened_at=task.opened_at,
            outcome=task.outcome,
            closed_at=task.closed_at,
        )


class TaskIn(In):
    """`givesBack` decides a fraud warning; other tasks need nothing."""

    gives_back: bool | None = None


@at(
    router,
    "GET",
    "/operations/subscriptions/",
    operation_id="list_all_subscriptions",
    auth=staff(),
    response=PageOut[StaffSubscriptionOut],
)
def list_subscriptions(
    request: AuthedRequest,  # noqa: ARG001 - Ninja names it
    rows: Annotated[RowsIn, Query(...)],
) -> PageOut[StaffSubscriptionOut]:
    """Of every company, newest first. `status` is trial, active, past_due, cancelled or expired."""
    page = overseeing.subscriptions(rows.wanted(), after=rows.after, limit=rows.limit)
    found = [StaffSubscriptionOut.of(row) for row in page.rows]
    return PageOut[StaffSubscriptionOut](results=found, next=page.next)


@at(
    router,
    "GET",
    "/operations/subscriptions/{id}/",
    operation_id="get_any_subscription",
    auth=staff(),
    response=StaffSubscriptionOut,
)
def get_subscription(request: AuthedRequest, key: OurId) -> StaffSubscriptionOut:  # noqa: ARG001
    """One with its story."""
    row = overseeing.subscription(key)
    shown = StaffSubscriptionOut.of(row)
    shown.story = [StepOut.of(step) for step in story.of_subscription(row)]
    return shown


@at(
    router,
    "GET",
    "/operations/dunning-cases/",
    operation_id="list_dunning_cases",
    auth=staff(),
    response=PageOut[DunningCaseOut],
)
def list_cases(
    request: AuthedRequest,  # noqa: ARG001
    rows: Annotated[RowsIn, Query(...)],
) -> PageOut[DunningCaseOut]:
    """Unpaid renewals, newest first. `status` is open, paid, given_up or stopped."""
    page = overseeing.cases(rows.wanted(), after=rows.after, limit=rows.limit)
    return PageOut[DunningCaseOut](results=[DunningCaseOut.of(row) for row in page.rows], next=page.next)


@at(
    router,
    "GET",
    "/operations/dunning-cases/{id}/",
    operation_id="get_dunning_case",
    auth=staff(),
    response=DunningCaseOut,
)
def get_case(request: AuthedRequest, key: OurId) -> DunningCaseOut:  # noqa: ARG001
    """One with its story."""
    row = overseeing.case(key)
    shown = DunningCaseOut.of(row)
    shown.story = [StepOut.of(step) for step in story.of_case(row)]
    return shown


@at(
    router,
    "POST",
    "/operations/payments/{id}/refunds/",
    operation_id="create_refund",
    auth=staff(),
    response=RefundOut,
)
def create_refund(request: AuthedRequest, key: OurId, payload: RefundIn) -> RefundOut:
    """Give a payment back, whole or in part. 409 `not_refundable`, 422 `refund_too_large`."""
    row = refunding.refund(
        payment=overseeing.payment(key),
        reason=payload.reason,
        by=request.auth.actor,
        amount_cents=payload.amount_cents,
    )
    return RefundOut.of(row)


@at(
    router,
    "GET",
    "/operations/tasks/",
    operation_id="list_staff_tasks",
    auth=staff(),
    response=list[TaskOut],
)
def list_tasks(request: AuthedRequest) -> list[TaskOut]:  # noqa: ARG001
    """What waits for a person, the oldest first."""
    return [TaskOut.of(task) for task in overseeing.tasks()]


@at(
    router,
    "POST",
    "/operations/tasks/{id}/close/",
    operation_id="close_staff_task",
    auth=staff(),
    response=TaskOut,
)
def close_task(request: AuthedRequest, key: OurId, payload: TaskIn) -> TaskOut:
    """Approve the review, decide the fraud warning, or say that it is done."""
    task, by = overseeing.task(key), request.auth.actor
    return TaskOut.of(deciding.decide(task=task, by=by, gives_back=payload.gives_back))
