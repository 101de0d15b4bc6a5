"""What was owed and what was paid: mirrors of Stripe's invoices, payments, refunds, disputes and warnings."""

from django.db import models

from financehub.billing.models.subscriptions import Subscription
from financehub.core.fields import SealedTextField
from financehub.core.tenancy import TenantModel


class Invoice(TenantModel):
    """Copied from Stripe. Its links let anybody pay or read it, so they are sealed."""

    stripe_id = models.CharField(max_length=255)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.SET_NULL, null=True, related_name="invoices"
    )
    status = models.CharField(max_length=16)
    number = models.CharField(max_length=60, blank=True)
    billing_reason = models.CharField(max_length=40, blank=True)
    collection_method = models.CharField(max_length=24)
    currency = models.CharField(max_length=3)
    total_cents = models.BigIntegerField()
    due_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField()
    remaining_cents = models.BigIntegerField()
    is_attempted = models.BooleanField(default=False)
    vendor_retries_at = models.DateTimeField(null=True)  # Stripe's own next attempt: then ours stand down
    due_at = models.DateTimeField(null=True)
    finalized_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    page_url = SealedTextField(null=True)
    pdf_url = SealedTextField(null=True)
    created_at = models.DateTimeField()  # at Stripe
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_invoice")]
        indexes = [models.Index(fields=["company", "-created_at"], name="invoices_by_company")]


class PaymentState(models.TextChoices):
    """Our word for what became of a payment."""

    PENDING = "pending"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Payment(TenantModel):
    """One row per payment intent, however many events tell of it."""

    stripe_id = models.CharField(max_length=255)
    invoice = models.ForeignKey(Invoice, on_delete=models.SET_NULL, null=True, related_name="payments")
    status = models.CharField(max_length=10, choices=PaymentState.choices)
    currency = models.CharField(max_length=3)
    amount_cents = models.BigIntegerField()
    received_cents = models.BigIntegerField(default=0)
    refunded_cents = models.BigIntegerField(default=0)
    charge_id = models.CharField(max_length=255, blank=True)
    method = models.CharField(max_length=20, blank=True)  # card, boleto
    card_last4 = models.CharField(max_length=4, blank=True)
    waits_for = models.CharField(max_length=40, blank=True)  # the kind of action Stripe waits for
    failure_code = models.CharField(max_length=60, blank=True)
    failure_advice = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()  # at Stripe
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_payment")]
        indexes = [models.Index(fields=["company", "-created_at"], name="payments_by_company")]


class Refund(TenantModel):
    """Money that goes back. Copied from Stripe; one of ours is a row before the call, its id is the key."""

    stripe_id = models.CharField(max_length=255, null=True)
    payment = models.ForeignKey(Payment, on_delete=models.SET_NULL, null=True, related_name="refunds")
    status = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3)
    amount_cents = models.BigIntegerField()
    reason = models.CharField(max_length=40, blank=True)
    failure_reason = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_refund")]

    @property
    def has_no_answer(self) -> bool:
        """Asked for, and whether Stripe did it is not known yet."""
        return self.stripe_id is None and not self.status


class CreditNote(TenantModel):
    """A part of an invoice that is taken back: by a refund, as credit, or outside of Stripe."""

    stripe_id = models.CharField(max_length=255)
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="credit_notes")
    status = models.CharField(max_length=16)  # issued, void
    number = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3)
    amount_cents = models.BigIntegerField()
    reason = models.CharField(max_length=40, blank=True)
    pdf_url = SealedTextField(null=True)
    created_at = models.DateTimeField()  # at Stripe
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_credit_note")]


class Dispute(TenantModel):
    """A payer's bank wants the money back. Copied from Stripe; the staged evidence is ours."""

    stripe_id = models.CharField(max_length=255)
    payment = models.ForeignKey(Payment, on_delete=models.SET_NULL, null=True, related_name="disputes")
    status = models.CharField(max_length=32)
    reason = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    amount_cents = models.BigIntegerField()
    due_at = models.DateTimeField(null=True)  # None: it cannot be answered
    submissions = models.PositiveIntegerField(default=0)
    moved_cents = models.BigIntegerField(
        default=0
    )  # what the case took from us (below 0) or gave back, with fees
    evidence = SealedTextField(null=True)  # JSON: Stripe's field -> text
    staged_by = models.UUIDField(null=True)  # who changed the evidence last: another person sends it
    staged_at = models.DateTimeField(null=True)
    yielded_by = models.UUIDField(null=True)  # who proposed to accept the loss: another person does it
    created_at = models.DateTimeField()
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_dispute")]


class EvidenceFile(TenantModel):
    """A file of the evidence; its content is at Stripe only. A row before the call, its id is the key."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="files")
    field = models.CharField(max_length=40)  # Stripe's, e.g. receipt
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    stripe_id = models.CharField(max_length=255, null=True)
    uploaded_by = models.UUIDField()
    created_at = models.DateTimeField()


class Review(TenantModel):
    """Stripe's Radar asks somebody to look at a payment. Copied from Stripe."""

    stripe_id = models.CharField(max_length=255)
    payment = models.ForeignKey(Payment, on_delete=models.SET_NULL, null=True, related_name="reviews")
    is_open = models.BooleanField()
    reason = models.CharField(max_length=40)
    closed_reason = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_review")]


class FraudWarning(TenantModel):
    """An issuer suspects a payment. `outcome` is what our policy did: refunded, or left to a person."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        REFUNDED = "refunded"
        REVIEW = "review"
        CLOSED = "closed"

    stripe_id = models.CharField(max_length=255)
    payment = models.ForeignKey(Payment, on_delete=models.SET_NULL, null=True, related_name="warnings")
    is_actionable = models.BooleanField()
    kind = models.CharField(max_length=60)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    created_at = models.DateTimeField()
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_warning")]
