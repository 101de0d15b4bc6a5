"""Attempts to connect, and Items that nobody here asked for."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from financehub.core.fields import SealedTextField
from financehub.core.ids import new_id
from financehub.core.tenancy import TenantModel

ATTEMPT_LIFETIME = timedelta(minutes=30)


class ConnectAttempt(TenantModel):
    """One person's try at connecting or updating one bank: single use, half an hour."""

    user = models.ForeignKey("companies.User", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey("banking.Item", on_delete=models.CASCADE, null=True, related_name="attempts")
    nonce = models.CharField(max_length=43, unique=True)
    item_pluggy_id = models.UUIDField(null=True)
    connector = models.ForeignKey("banking.Connector", on_delete=models.SET_NULL, null=True, related_name="+")
    document = SealedTextField(null=True)  # for the form of an attempt begun in a chat, until it is opened
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["company", "expires_at"], condition=Q(used_at__isnull=True), name="open_attempts"
            )
        ]


class ParkedItem(models.Model):
    """An Item at Pluggy that no open attempt explains; a person decides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company_id = models.UUIDField(null=True)
    pluggy_id = models.UUIDField(unique=True)
    connector_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"ParkedItem {self.pk}"
