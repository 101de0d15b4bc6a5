"""An account or card at a bank, or one a person keeps by hand."""

from typing import Self

from django.db import models
from django.db.models import Q

from financehub.core.fields import SealedTextField
from financehub.core.tenancy import TenantModel, TenantQuerySet


class AccountType(models.TextChoices):
    """Pluggy's two kinds."""

    BANK = "BANK"
    CREDIT = "CREDIT"


class AccountQuerySet(TenantQuerySet["Account"]):
    """Sets of accounts."""

    def open(self) -> Self:
        """Still there: neither archived by a person nor of a removed connection."""
        return self.filter(archived_at__isnull=True)

    def of_banks(self) -> Self:
        """Of a live connection: what a plan counts when it is synced."""
        return self.open().filter(is_manual=False, item__disconnected_at__isnull=True)

    def placed(self) -> Self:
        """Those that are to be synced, the first in line first: a plan takes as many of them as it allows."""
        return self.of_banks().filter(sync_place__isnull=False).order_by("sync_place", "id")

    def of_type(self, kind: AccountType) -> Self:
        return self.filter(type=kind)


class Account(TenantModel):
    """Pluggy's Account. `balance_cents`: funds of a BANK account, open debt (positive) of a CREDIT one."""

    item = models.ForeignKey("banking.Item", on_delete=models.CASCADE, null=True, related_name="accounts")
    pluggy_id = models.UUIDField(null=True)
    is_manual = models.BooleanField(default=False)
    type = models.CharField(max_length=8, choices=AccountType.choices)
    subtype = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=120)
    marketing_name = models.CharField(max_length=120, blank=True)
    number = SealedTextField(null=True)
    number_last4 = models.CharField(max_length=4, blank=True)
    number_index = models.CharField(max_length=64, blank=True)
    owner = SealedTextField(null=True)
    document = SealedTextField(null=True)
    document_index = models.CharField(max_length=64, blank=True)
    currency = models.CharField(max_length=3, default="BRL")
    balance_cents = models.BigIntegerField(default=0)
    balance_at = models.DateTimeField(null=True)
    closing_balance_cents = models.BigIntegerField(null=True)
    automatically_invested_cents = models.BigIntegerField(null=True)
    overdraft_limit_cents = models.BigIntegerField(null=True)
    overdraft_used_cents = models.BigIntegerField(null=True)
    credit_limit_cents = models.BigIntegerField(null=True)
    available_limit_cents = models.BigIntegerField(null=True)
    minimum_payment_cents = models.BigIntegerField(null=True)
    close_date = models.DateField(null=True)
    due_date = models.DateField(null=True)
    brand = models.CharField(max_length=32, blank=True)
    level = models.CharField(max_length=32, blank=True)
    holder_type = models.CharField(max_length=16, blank=True)
    card_status = models.CharField(max_length=16, blank=True)
    limit_consolidation = models.CharField(max_length=16, blank=True)  # the limit is one card's or all cards'
    additional_last4 = models.JSONField(default=list)  # other cards whose rows come with this one's
    cursor = models.DateTimeField(null=True)  # newest createdAt of a row that a complete sync has read
    read_from = models.DateField(null=True)  # the first bank day that syncs have covered
    read_proofs = models.JSONField(default=list)  # complete reads: [moment, first day], identity.coexistence
    sync_place = models.PositiveIntegerField(
        null=True
    )  # in the line for a plan's places; null: not to be synced
    left_out_since = models.DateTimeField(
        null=True
    )  # syncs read around it since; the next read covers it all
    counts_from = models.DateField(null=True)  # rows of earlier days are history, which no plan counts
    settled_at = models.DateTimeField(null=True)  # when rows that went were last compared with rows that came
    vendor_updated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects = AccountQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_row_per_account"),
            models.CheckConstraint(
                condition=Q(is_manual=True, item__isnull=True, pluggy_id__isnull=True)
                | Q(is_manual=False, pluggy_id__isnull=False),
                name="account_is_manual_or_the_vendors",
            ),
        ]

    @property
    def is_card(self) -> bool:
        return self.type == AccountType.CREDIT

    @property
    def cash_cents(self) -> int:
        """What this account adds to cash: its funds, and nothing for a card."""
        return 0 if self.is_card else self.balance_cents
