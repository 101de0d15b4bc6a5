"""What waits for a person of the staff."""

from django.db import models
from django.db.models import Q

from financehub.companies.models import Company
from financehub.core.ids import new_id


class StaffTask(models.Model):
    """One thing to decide or to look at: `about` is Stripe's id of it, or a name of ours."""

    class Kind(models.TextChoices):
        REVIEW = "review"  # Stripe's Radar asks for a look at a payment
        WARNING = "warning"  # an early fraud warning over the amount that goes back by itself
        REFUND_FAILED = "refund_failed"  # the money is ours again, the customer has not got it
        NOT_FINALIZED = "not_finalized"  # an invoice that Stripe could not finalize: no money will come
        OVERDUE = "overdue"  # an invoice sent by hand is late
        CATALOGUE = "catalogue"  # what is sold at Stripe is not what we say

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    about = models.CharField(max_length=255)
    detail = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)  # empty: it closed by itself

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="one_task_each")]
        indexes = [
            models.Index(fields=["opened_at"], name="tasks_open", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"StaffTask {self.pk} {self.kind}"
