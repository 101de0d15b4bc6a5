"""Loans and financing."""

from django.db import models

from financehub.core.fields import SealedTextField
from financehub.core.tenancy import TenantModel


class Loan(TenantModel):
    """Pluggy's Loan."""

    item = models.ForeignKey("banking.Item", on_delete=models.CASCADE, related_name="loans")
    pluggy_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    product_name = models.CharField(max_length=200)
    contract_number = SealedTextField(null=True)
    currency = models.CharField(max_length=3)
    contract_cents = models.BigIntegerField(null=True)
    outstanding_cents = models.BigIntegerField(null=True)
    contract_date = models.DateField(null=True)
    due_date = models.DateField(null=True)
    total_installments = models.IntegerField(null=True)
    paid_installments = models.IntegerField(null=True)
    annual_cost = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_row_per_loan")]
