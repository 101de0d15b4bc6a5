"""What was spent of Open Finance's monthly limits, one row per execution or call."""

from django.db import models

from financehub.core.tenancy import TenantModel


class QuotaSpending(TenantModel):
    """`spent` and `refused` name limits. Counted per document (blind index) and institution, whichever the Item.

    `sync` is the one that read what the execution brought.
    """

    class Kind(models.TextChoices):
        EXECUTION = "execution"
        BALANCE = "balance"

    item = models.ForeignKey(
        "banking.Item", on_delete=models.SET_NULL, null=True, related_name="quota_spendings"
    )
    sync = models.ForeignKey("banking.Sync", on_delete=models.SET_NULL, null=True, related_name="quota")
    connector_id = models.IntegerField()
    document_index = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    month = models.DateField()
    at = models.DateTimeField()
    spent = models.JSONField(default=list)
    refused = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "at"], name="one_spending_per_execution")
        ]
        indexes = [models.Index(fields=["company", "connector_id", "month"], name="quota_spendings_of_month")]
