"""A movement of an account: what the bank said, and beside it what a person set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from financehub.banking.models.accounts import AccountType
from financehub.banking.models.pairs import TransferPair
from financehub.core import clock
from financehub.core.tenancy import TenantModel, TenantQuerySet

PENDING_PATIENCE = {  # a card shows a purchase as pending until its bill closes
    AccountType.BANK: timedelta(days=10),
    AccountType.CREDIT: timedelta(days=45),
}


LAST_ID = UUID(int=(1 << 128) - 1)


@dataclass(frozen=True)
class Cap:
    """How many rows of a period a plan shows, the first to come first; None shows all. `ends`: the day after it.

    `history`: by account, the day from which rows count; earlier ones came with its first sync and are free.
    """

    company_id: UUID
    limit: int | None
    starts: date
    ends: date
    history: Mapping[UUID, date] = field(default_factory=dict)


class TransactionQuerySet(TenantQuerySet["Transaction"]):
    """Sets of transactions."""

    def visible(self) -> Self:
        """Neither withdrawn by the bank nor deleted by a person."""
        return self.filter(withdrawn_at__isnull=True, deleted_at__isnull=True)

    def posted(self) -> Self:
        return self.filter(status=Transaction.Status.POSTED)

    def counted(self) -> Self:
        """Rows that sums are made of: visible, posted, not ignored by a person."""
        return self.visible().posted().filter(is_ignored=False)

    def metered(self, cap: Cap) -> Self:
        """Rows of banks that count against a plan: of its period, not withdrawn, no history of a first sync."""
        return self.filter(_counts(cap), source=Transaction.Source.VENDOR, withdrawn_at__isnull=True)

    def within(self, cap: Cap | None) -> Self:
        """Without the rows that came after the cap was reached; None caps nothing. Adds no query."""
        if cap is None or cap.limit is None:
            return self
        is_free = ~Q(source=Transaction.Source.VENDOR) | Q(withdrawn_at__isnull=False) | ~_counts(cap)
        return self.filter(is_free | Q(id__lt=_first_beyond(cap, cap.limit)))

    def beyond(self, cap: Cap | None) -> Self:
        """Exactly the rows that `within` leaves out."""
        if cap is None or cap.limit is None:
            return self.none()
        return self.metered(cap).filter(id__gte=_first_beyond(cap, cap.limit))

    def earned_or_spent(self) -> Self:
        """Without money that only changed place: rows paired with another visible row of the same company."""
        pairs = TransferPair.objects.across_companies()
        sent = pairs.filter(
            sent=OuterRef("pk"), received__withdrawn_at__isnull=True, received__deleted_at__isnull=True
        )
        received = pairs.filter(
            received=OuterRef("pk"), sent__withdrawn_at__isnull=True, sent__deleted_at__isnull=True
        )
        return self.exclude(Exists(sent)).exclude(Exists(received))

    def expired_pending(self, today: date) -> Self:
        """Announced so long ago that the bank will hardly post them any more."""
        overdue = Q()
        for kind, patience in PENDING_PATIENCE.items():
            overdue |= Q(account__type=kind, date__lt=today - patience)
        return self.visible().filter(overdue, status=Transaction.Status.PENDING)


def _counts(cap: Cap) -> Q:
    history = Q()
    for account_id, first in cap.history.items():
        history |= Q(account_id=account_id, date__lt=first)
    in_period = Q(date__gte=cap.starts, date__lt=cap.ends)
    return in_period & ~history if cap.history else in_period


def _first_beyond(cap: Cap, limit: int) -> Coalesce:
    """The id of the first row too many: keys grow with time, so what was shown once stays shown."""
    rows = Transaction.objects.of(cap.company_id).metered(cap).order_by("id")
    first = Subquery(rows.values("id")[limit : limit + 1])
    return Coalesce(first, Value(LAST_ID), output_field=models.UUIDField())


class Transaction(TenantModel):
    """Pluggy's Transaction, or a row written by hand.

    `amount_cents` is signed for the person: money in is positive and money out negative, for cards too. The
    vendor's columns are overwritten by a sync; the `own_` columns only by a person.
    """

    class Status(models.TextChoices):
        POSTED = "POSTED"
        PENDING = "PENDING"

    class Source(models.TextChoices):
        VENDOR = "vendor"
        MANUAL = "manual"

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="transactions")
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.VENDOR)
    pluggy_id = models.UUIDField(null=True)
    content_hash = models.BinaryField(max_length=16, null=True)
    type = models.CharField(max_length=8)
    status = models.CharField(max_length=8, choices=Status.choices)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    original_amount = models.CharField(max_length=40, null=True)
    original_currency = models.CharField(max_length=8, null=True)
    date = models.DateField()
    occurred_at = models.DateTimeField()
    day_order = models.IntegerField(null=True)
    description = models.TextField()
    provider_id = models.TextField(null=True)
    category_id = models.CharField(max_length=16, null=True)
    operation_type = models.CharField(max_length=80, null=True)
    payment_method = models.CharField(max_length=16, null=True)
    counterparty_name = models.TextField(null=True)
    counterparty_index = models.CharField(max_length=64, null=True)
    merchant_name = models.TextField(null=True)
    running_balance_cents = models.BigIntegerField(null=True)
    installment_number = models.IntegerField(null=True)
    total_installments = models.IntegerField(null=True)
    card_last4 = models.CharField(max_length=4, null=True)
    bill_pluggy_id = models.CharField(max_length=40, null=True)
    details = models.BinaryField(null=True)  # sealed: the vendor's nested parts, exactly as they came
    vendor_created_at = models.DateTimeField(null=True)
    vendor_updated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    own_category_id = models.CharField(max_length=16, null=True)
    own_description = models.TextField(null=True)
    own_note = models.TextField(null=True)
    own_tags = models.JSONField(null=True)
    own_bill_month = models.DateField(null=True)  # first day of the due month of the bill a person chose
    is_ignored = models.BooleanField(default=False, db_default=False)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = TransactionQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_row_per_transaction"),
            models.CheckConstraint(
                condition=Q(source="manual", pluggy_id__isnull=True)
                | Q(source="vendor", pluggy_id__isnull=False),
                name="transaction_is_manual_or_the_vendors",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "account", "-date", "-id"], name="transactions_of_account"),
            models.Index(fields=["company", "-date", "-id"], name="transactions_of_company"),
            models.Index(  # holds all that sums of a screen read: they never touch the wide rows
                fields=[
                    *("company", "currency", "status", "date", "amount_cents"),
                    *("is_ignored", "category_id", "own_category_id", "id"),
                ],
                condition=Q(withdrawn_at__isnull=True, deleted_at__isnull=True),
                name="transactions_summed",
            ),
            models.Index(
                fields=["company", "date", "id"],
                condition=Q(status="PENDING", withdrawn_at__isnull=True, deleted_at__isnull=True),
                name="transactions_pending",
            ),
            models.Index(
                fields=["account", "withdrawn_at"],
                condition=Q(withdrawn_at__isnull=False),
                name="transactions_withdrawn",
            ),
        ]

    @property
    def is_edited(self) -> bool:
        """Whether a person has said anything about it: that must survive whatever the bank does."""
        return self.edited_at is not None or self.deleted_at is not None or self.is_ignored

    @property
    def is_expired_pending(self) -> bool:
        """Announced so long ago that the bank will hardly post it any more; never the case of a scheduled row."""
        patience = PENDING_PATIENCE[AccountType(self.account.type)]
        return self.status == self.Status.PENDING and self.date < clock.today() - patience

    @property
    def shown_description(self) -> str:
        return self.own_description or self.description

    @property
    def shown_category_id(self) -> str | None:
        return self.own_category_id or self.category_id
