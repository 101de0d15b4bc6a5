"""How far the audit trail has been read."""

from django.db import models


class AuditMark(models.Model):
    """One row: what was written until `reached_at` has been told, rows that commit late aside."""

    name = models.CharField(primary_key=True, max_length=16)
    reached_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"AuditMark {self.pk}"
