"""Two rows that are one movement between a person's own places: a transfer, or the payment of a card's bill."""

from django.db import models

from financehub.core.tenancy import TenantModel


class TransferPair(TenantModel):
    """Money that only changed place: `sent` left one account and `received` reached another."""

    class Kind(models.TextChoices):
        TRANSFER = "transfer"
        BILL_PAYMENT = "bill_payment"

    class DecidedBy(models.TextChoices):
        RULE = "rule"
        PERSON = "person"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    sent = models.OneToOneField("banking.Transaction", on_delete=models.CASCADE, related_name="sent_pair")
    received = models.OneToOneField(
        "banking.Transaction", on_delete=models.CASCADE, related_name="received_pair"
    )
    score = models.IntegerField()
    reasons = models.JSONField()
    decided_by = models.CharField(max_length=8, choices=DecidedBy.choices)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["company", "-created_at", "-id"], name="pairs_of_company")]
