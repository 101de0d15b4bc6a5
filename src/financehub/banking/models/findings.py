"""What the nightly check found: a month of an account whose rows were not the vendor's."""

from django.db import models
from django.db.models import Q

from financehub.core.tenancy import TenantModel


class MonthFinding(TenantModel):
    """Count and sum of one month, here and at the vendor, and what healing it did. Amounts in cents."""

    class Reason(models.TextChoices):
        DIFFERED = "differed"
        EMPTY_ANSWER = "empty_answer"  # the vendor shows nothing at all: nothing is healed on silence
        STALE = "stale"  # rows only here, and the vendor says that the product is not fresh

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="month_findings")
    month = models.DateField()
    reason = models.CharField(max_length=16, choices=Reason.choices)
    vendor_count = models.IntegerField()
    vendor_cents = models.BigIntegerField()
    our_count = models.IntegerField()
    our_cents = models.BigIntegerField()
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)  # rows that had returned included
    withdrawn = models.IntegerField(default=0)
    found_at = models.DateTimeField()
    healed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month"],
                condition=Q(healed_at__isnull=True),
                name="one_open_finding_per_month",
            )
        ]
        indexes = [models.Index(fields=["company", "-found_at"], name="findings_of_company")]
