"""Every attempt to keep a consent alive: ours at the vendor, or asking the person."""

from django.db import models

from financehub.core.tenancy import TenantModel


class ConsentRenewal(TenantModel):
    """One attempt for one connection on one bank day; the row is there before the call is made."""

    class Outcome(models.TextChoices):
        STARTED = "started"  # the vendor took it; whether the consent lasts longer is seen later
        RENEWED = "renewed"
        REFUSED = "refused"
        ASKED = "asked"  # only the person can do it

    item = models.ForeignKey("banking.Item", on_delete=models.CASCADE, related_name="renewals")
    day = models.DateField()
    expires_at = models.DateTimeField()  # the end it was about
    attempted_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    error_code = models.CharField(max_length=64, blank=True)
    renewed_until = models.DateTimeField(null=True)  # null for RENEWED: without end
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "day"], name="one_renewal_per_item_and_day")]
        indexes = [models.Index(fields=["company", "-attempted_at"], name="renewals_of_company")]
