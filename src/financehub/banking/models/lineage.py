"""The ids a row has had at the vendor, and what the vendor changed in a row: written only when it happens."""

from django.db import models

from financehub.core.fields import SealedJSONField
from financehub.core.tenancy import TenantModel


class FormerId(TenantModel):
    """An id that a row had before it was bound to another; the row's present id is `Transaction.pluggy_id`.

    `snapshot` is the vendor's columns as they were, and what a person had set on the row that came (`came`; `took`:
    what of it this row took over), for undoing; `absorbed_id` is our id of the row that was
    inserted under the new id and went into this one.
    """

    class DecidedBy(models.TextChoices):
        RULE = "rule"
        PERSON = "person"

    transaction = models.ForeignKey(
        "banking.Transaction", on_delete=models.CASCADE, related_name="former_ids"
    )
    pluggy_id = models.UUIDField()
    first_seen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    replaced_by = models.UUIDField()
    absorbed_id = models.UUIDField()
    score = models.IntegerField()
    reasons = models.JSONField()
    decided_by = models.CharField(max_length=8, choices=DecidedBy.choices)
    changes = models.JSONField()  # column: [before, after], of what a person can see
    snapshot = SealedJSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_former_holder_per_id")
        ]
        indexes = [
            models.Index(fields=["company", "absorbed_id"], name="former_ids_by_absorbed"),
            models.Index(fields=["company", "-replaced_at", "-id"], name="former_ids_of_company"),
        ]


class TransactionChange(TenantModel):
    """What the vendor changed in a row that kept its id: column: [before, after]."""

    transaction = models.ForeignKey("banking.Transaction", on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    changes = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["transaction", "at"], name="changes_of_transaction")]


class FormerAccountId(TenantModel):
    """A vendor id that an account had before it was merged with the same account of another Item."""

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="former_ids")
    pluggy_id = models.UUIDField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_former_holder_per_account_id")
        ]
