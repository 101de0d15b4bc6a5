"""What only a person can say: cases with their candidates, and what was said no to, for ever."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from financehub.core.states import StateMachine
from financehub.core.tenancy import TenantModel, TenantQuerySet


class ReviewCaseQuerySet(TenantQuerySet["ReviewCase"]):
    """Sets of cases."""

    def open(self) -> Self:
        return self.filter(status=ReviewCase.Status.OPEN)


class ReviewCase(StateMachine, TenantModel):
    """One question to a person. CLOSED: it answered itself, because the rows came back or were bound."""

    class Kind(models.TextChoices):
        REKEYED = "rekeyed"
        SAME_ACCOUNT = "same_account"
        TRANSFER = "transfer"

    class Status(models.TextChoices):
        OPEN = "OPEN"
        ACCEPTED = "ACCEPTED"
        REJECTED = "REJECTED"
        CLOSED = "CLOSED"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        Status.OPEN: {Status.ACCEPTED, Status.REJECTED, Status.CLOSED},
        Status.ACCEPTED: {Status.OPEN, Status.REJECTED},
        Status.REJECTED: {Status.OPEN},
    }

    kind = models.CharField(max_length=16, choices=Kind.choices)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OPEN)
    subject = models.CharField(max_length=80)  # what it asks about: at most one open case for it
    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, null=True, related_name="+")
    other_account = models.ForeignKey(
        "banking.Account", on_delete=models.CASCADE, null=True, related_name="+"
    )
    score = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    objects = ReviewCaseQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "subject"],
                condition=Q(status="OPEN"),
                name="one_open_case_per_subject",
            )
        ]
        indexes = [
            models.Index(fields=["company", "status", "-opened_at"], name="review_cases_by_status"),
            models.Index(
                fields=["company", "-decided_at", "-id"],
                condition=Q(status__in=["ACCEPTED", "REJECTED"]),
                name="review_cases_decided",
            ),
        ]


class ReviewRow(TenantModel):
    """A row in a case: KNOWN ones (`of` is itself) are parked with edits, a CANDIDATE may be what `of` became."""

    class Role(models.TextChoices):
        KNOWN = "known"
        CANDIDATE = "candidate"

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="rows")
    transaction = models.ForeignKey("banking.Transaction", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    of = models.ForeignKey("banking.Transaction", on_delete=models.CASCADE, related_name="+")
    score = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "transaction", "of"], name="one_place_per_review_row")
        ]


class Rejection(TenantModel):
    """A pair that a person said no to, by our ids: never offered and never bound again."""

    kind = models.CharField(max_length=16)
    left = models.UUIDField()
    right = models.UUIDField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "kind", "left", "right"], name="one_no_per_pair")
        ]
