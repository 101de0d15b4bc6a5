"""The audit trail: bare ids, no foreign keys, no changes after the fact."""

from django.db import models

from financehub.core.ids import new_id


class AuditLog(models.Model):
    """Who did what, on which object, for which company, from where."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=16)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    ip_address = models.GenericIPAddressField(null=True)
    correlation_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "audit_logs"
        indexes = [
            models.Index(fields=["company_id", "-created_at", "-id"], name="audit_by_company"),
            models.Index(fields=["action", "created_at"], name="audit_by_action"),
            models.Index(fields=["actor_id", "action", "created_at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"AuditLog {self.pk} {self.action}"
