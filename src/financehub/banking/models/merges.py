"""What a person said is one: two accounts, or rows that tell one movement twice. Kept so that it can be undone."""

from django.db import models

from financehub.core.fields import SealedJSONField
from financehub.core.tenancy import TenantModel


class AccountMerge(TenantModel):
    """`other_id` went into `account`. `before` is what the merge wrote over or took away (identity.unmerging)."""

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="merges")
    case = models.OneToOneField("banking.ReviewCase", on_delete=models.CASCADE, related_name="merge")
    other_id = models.UUIDField()
    before = SealedJSONField()
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["company", "-merged_at"], name="account_merges_of_company")]


class MergedRow(TenantModel):
    """`transaction` is hidden because it tells the same movement as `into`.

    `took` are the columns that `into` took over from it, with what they held then: taking it back empties them.
    """

    transaction = models.OneToOneField(
        "banking.Transaction", on_delete=models.CASCADE, related_name="merged_row"
    )
    into = models.ForeignKey("banking.Transaction", on_delete=models.CASCADE, related_name="merged_rows")
    took = models.JSONField(default=dict)
    merged_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["company", "-merged_at", "-id"], name="merged_rows_of_company")]
