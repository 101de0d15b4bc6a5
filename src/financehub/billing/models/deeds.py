"""What was asked of Stripe: one row per deed with its idempotency key, written before the call."""

from django.db import models
from django.db.models import Q

from financehub.core.ids import new_id


class StripeDeed(models.Model):
    """`name` and `about` say what; the id is the key. Open (`answered_at` empty) until Stripe has answered."""

    class Outcome(models.TextChoices):
        DONE = "done"
        REFUSED = "refused"
        LOST = "lost"  # no answer while Stripe still knew the key

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company_id = models.UUIDField(null=True)
    name = models.CharField(max_length=40)
    about = models.CharField(max_length=255)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "about"], condition=Q(answered_at__isnull=True), name="one_open_deed_each"
            ),
        ]

    def __str__(self) -> str:
        return f"StripeDeed {self.pk} {self.name}"
