"""What the bank said an account holds, day by day, and the gaps between that and its rows."""

from typing import Self

from django.db import models
from django.db.models import Q

from financehub.core.tenancy import TenantModel, TenantQuerySet


class BalanceObservation(TenantModel):
    """A balance that a sync saw, new or different from the one before; the first of an account is its anchor.

    `rows_cents` sums the counted rows from `counted_from` on as they were then; `computed_cents` is what the last
    observation without a gap and the rows since lead to. All cents are signed for the person: a card's are its debt
    below zero. An observation without a gap is where the next ones are computed from.
    """

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="observations")
    day = models.DateField()
    observed_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    worth_cents = models.BigIntegerField()
    invested_cents = models.BigIntegerField(null=True)
    counted_from = models.DateField()
    rows_cents = models.BigIntegerField()
    computed_cents = models.BigIntegerField()
    gap_cents = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["company", "account", "-seen_at"], name="observations_of_account")]


class GapReportQuerySet(TenantQuerySet["GapReport"]):
    """Sets of reports."""

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class GapReport(TenantModel):
    """A gap and what explains it.

    `parts`: [{cause, cents, rows, day, hint}], adding up to `gap_cents`. `looks`: how the gap came to be, one entry
    each time it changed: [{day, at, worth, gap, invested, stale}].
    """

    class Closing(models.TextChoices):
        HEALED = "healed"
        ADJUSTED = "adjusted"

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="gaps")
    right_until = models.DateField()  # the last day on which bank and rows agreed
    since = models.DateField()
    gap_cents = models.BigIntegerField()
    parts = models.JSONField(default=list)
    looks = models.JSONField(default=list)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=8, choices=Closing.choices, blank=True)

    objects = GapReportQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(closed_at__isnull=True), name="one_open_gap_per_account"
            )
        ]
        indexes = [models.Index(fields=["company", "-created_at"], name="gaps_of_company")]

    @property
    def causes(self) -> list[str]:
        """Each cause once, the heaviest first."""
        heaviest = sorted(self.parts, key=lambda part: -abs(part["cents"]))
        return list(dict.fromkeys(str(part["cause"]) for part in heaviest))


class BalanceAdjustment(TenantModel):
    """What a person wrote down to close a gap; it moves the computed balance and no row. It can be undone."""

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="adjustments")
    report = models.ForeignKey(GapReport, on_delete=models.CASCADE, related_name="adjustments")
    cents = models.BigIntegerField()
    note = models.CharField(max_length=400)
    causes = models.JSONField(default=list)
    user_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["company", "account", "-created_at"], name="adjustments_of_account")]
