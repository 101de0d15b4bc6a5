"""What a company subscribed to: a mirror of Stripe's, and the states we derive from it."""

from datetime import datetime
from typing import Self

from django.db import models

from financehub.billing.plans import Period
from financehub.core.tenancy import TenantModel, TenantQuerySet


class State(models.TextChoices):
    """Our word for how a subscription stands."""

    TRIAL = "trial"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


STATES: dict[str, State] = {
    "trialing": State.TRIAL,
    "active": State.ACTIVE,
    "past_due": State.PAST_DUE,
    "unpaid": State.EXPIRED,
    "incomplete": State.EXPIRED,
    "incomplete_expired": State.EXPIRED,
    "paused": State.EXPIRED,
    "canceled": State.CANCELLED,
}
LIVE = [status for status, state in STATES.items() if state in (State.TRIAL, State.ACTIVE, State.PAST_DUE)]
GOING_ON = [*LIVE, "incomplete", "unpaid", "paused"]  # not ended at Stripe


class SubscriptionQuerySet(TenantQuerySet["Subscription"]):
    """Sets of subscriptions."""

    def live(self) -> Self:
        """Those that give access."""
        return self.filter(status__in=LIVE)

    def going_on(self) -> Self:
        """Those that Stripe has not ended."""
        return self.filter(status__in=GOING_ON)


class Subscription(TenantModel):
    """Copied from Stripe, never moved by us. `observed_at` is when the copy was asked for."""

    stripe_id = models.CharField(max_length=255)
    status = models.CharField(max_length=24)
    plan_id = models.CharField(max_length=20, blank=True)  # empty: a price that is not ours
    period = models.CharField(max_length=8, blank=True)
    item_id = models.CharField(max_length=255, blank=True)
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    trial_end = models.DateTimeField(null=True)
    cancel_at_period_end = models.BooleanField(default=False)
    cancel_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)
    schedule_id = models.CharField(max_length=255, blank=True)
    next_plan_id = models.CharField(max_length=20, blank=True)  # what a schedule changes it to at period end
    next_period = models.CharField(max_length=8, blank=True)
    latest_invoice_id = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField()  # at Stripe
    observed_at = models.DateTimeField()

    objects = SubscriptionQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_subscription"),
        ]
        indexes = [models.Index(fields=["company", "status"], name="subscriptions_by_company")]

    @property
    def state(self) -> State:
        """Ours; a status that Stripe invents later gives no access."""
        return STATES.get(self.status, State.EXPIRED)

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def ends_at(self) -> datetime | None:
        """When it is going to end by request."""
        return self.cancel_at or (self.period_end if self.cancel_at_period_end else None)

    @property
    def paid_period(self) -> Period | None:
        return Period(self.period) if self.period else None


class PlanChange(TenantModel):
    """One deed of a person on a subscription; its id is in the key of the call that follows."""

    class Deed(models.TextChoices):
        NOW = "changed"
        LATER = "change_planned"
        CANCEL = "end_planned"
        CANCEL_NOW = "ended"
        KEEP = "kept"

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=14, choices=Deed.choices)
    plan_id = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()
