"""A card's bill as the bank closed it."""

from django.db import models

from financehub.core.tenancy import TenantModel


class CreditCardBill(TenantModel):
    """Pluggy's Bill; it holds no lines, rows name it by `bill_pluggy_id`."""

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="bills")
    pluggy_id = models.CharField(max_length=40)
    due_date = models.DateField()
    close_date = models.DateField(null=True)
    total_cents = models.BigIntegerField()
    minimum_cents = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    allows_installments = models.BooleanField(null=True)
    finance_charges = models.JSONField(default=list)
    payments = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_row_per_bill")]
        indexes = [models.Index(fields=["company", "account", "-due_date"], name="bills_of_account")]
