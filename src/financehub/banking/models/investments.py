"""Investments and their movements."""

from django.db import models

from financehub.core.tenancy import TenantModel


class Investment(TenantModel):
    """Pluggy's Investment."""

    item = models.ForeignKey("banking.Item", on_delete=models.CASCADE, related_name="investments")
    pluggy_id = models.UUIDField()
    type = models.CharField(max_length=32)
    subtype = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=40, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3)
    balance_cents = models.BigIntegerField()
    quantity = models.CharField(max_length=40, blank=True)
    due_date = models.DateField(null=True)
    status = models.CharField(max_length=24, blank=True)
    details = models.JSONField(default=dict)
    vendor_updated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_row_per_investment")
        ]


class InvestmentTransaction(TenantModel):
    """A buy, sale, tax, transfer or yield of an investment."""

    investment = models.ForeignKey(Investment, on_delete=models.CASCADE, related_name="movements")
    pluggy_id = models.UUIDField()
    type = models.CharField(max_length=24)
    movement_type = models.CharField(max_length=8, blank=True)
    date = models.DateField()
    amount_cents = models.BigIntegerField(null=True)
    quantity = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_row_per_investment_movement")
        ]
