"""The company as Stripe knows it, and its tries at buying."""

from django.db import models
from django.db.models import Q

from financehub.billing.plans import Period
from financehub.core.fields import SealedTextField
from financehub.core.tenancy import TenantModel


class Customer(TenantModel):
    """One company, one customer at Stripe. The row comes first; `stripe_id` is empty until Stripe answered."""

    stripe_id = models.CharField(max_length=255, null=True)
    card_brand = models.CharField(max_length=20, blank=True)
    card_last4 = models.CharField(max_length=4, blank=True)
    card_expires = models.CharField(max_length=7, blank=True)  # 2030-01
    deleted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company"], name="one_customer_per_company"),
            models.UniqueConstraint(fields=["stripe_id"], name="one_company_per_customer"),
        ]


class TaxId(TenantModel):
    """A CPF or CNPJ on the customer's invoices. One of ours is a row before the call, its id is the key."""

    stripe_id = models.CharField(max_length=255, null=True)
    kind = models.CharField(max_length=20)  # br_cpf, br_cnpj; another kind came by Stripe's own pages
    number = SealedTextField()
    last_digits = models.CharField(max_length=4)  # by what a person recognises it
    is_refused = models.BooleanField(default=False)  # Stripe did not want it
    deleted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stripe_id"], name="one_row_per_tax_id")]


class Checkout(TenantModel):
    """One try at buying a plan: its key is this row's id, its deadline is fixed with it."""

    class Status(models.TextChoices):
        OPEN = "open"
        PROCESSING = "processing"  # the payer is done, the money is on its way (boleto)
        COMPLETE = "complete"
        EXPIRED = "expired"
        FAILED = "failed"

    stripe_id = models.CharField(max_length=255, null=True)
    plan_id = models.CharField(max_length=20)
    period = models.CharField(max_length=8, choices=[(period.value, period.value) for period in Period])
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    subscription_id_at_stripe = models.CharField(max_length=255, blank=True)
    user_id = models.UUIDField()  # who pressed the button
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stripe_id"], name="one_checkout_per_session"),
            models.UniqueConstraint(
                fields=["company"], condition=Q(status="open"), name="one_open_checkout_per_company"
            ),
        ]
