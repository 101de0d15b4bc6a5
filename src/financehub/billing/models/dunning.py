"""An unpaid renewal: the case, each attempt at it, and each word said about it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from financehub.billing.models.money import Invoice
from financehub.core.states import StateMachine
from financehub.core.tenancy import TenantModel

DAYS = (3, 7, 14)  # after the first failure
LAST_DAY = DAYS[-1]


class DunningCase(StateMachine, TenantModel):
    """One unpaid invoice of a running subscription."""

    class Status(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        GIVEN_UP = "given_up"  # day 14 came
        STOPPED = "stopped"  # the debt ended otherwise: voided, cancelled, disputed

    class Refusal(models.TextChoices):
        SOFT = "soft"  # may work another day
        HARD = "hard"  # never with this card
        ACTION = "action"  # only the payer can go on

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        Status.OPEN: {Status.PAID, Status.GIVEN_UP, Status.STOPPED},
        Status.GIVEN_UP: {Status.PAID},
        Status.STOPPED: {Status.PAID},
    }

    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OPEN)
    invoice = models.OneToOneField(Invoice, on_delete=models.CASCADE, related_name="dunning")
    refusal = models.CharField(max_length=6, choices=Refusal.choices, default=Refusal.SOFT)
    first_failed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    next_number = models.PositiveSmallIntegerField(default=1)  # which of DAYS comes next
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="dunning_due", condition=Q(status="open")),
        ]

    @property
    def ends_at(self) -> datetime:
        """Access goes on until then."""
        return self.first_failed_at + timedelta(days=LAST_DAY)


class DunningAttempt(TenantModel):
    """One try at charging; stored with its key before Stripe is called."""

    class Outcome(models.TextChoices):
        UNKNOWN = "unknown"
        PAID = "paid"
        DECLINED = "declined"
        ACTION = "action"
        UNPAYABLE = "unpayable"

    case = models.ForeignKey(DunningCase, on_delete=models.CASCADE, related_name="attempts")
    key = models.CharField(max_length=255)
    trigger = models.CharField(max_length=20)  # day_3, day_7, day_14, new_card
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.UNKNOWN)
    code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="one_attempt_per_key")]


class Notice(TenantModel):
    """One message to the owners of a company, said once: `kind` about `subject`."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "kind", "subject"], name="one_notice_each")]
