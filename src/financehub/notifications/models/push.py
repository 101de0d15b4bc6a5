"""A browser that asked to be told."""

from django.conf import settings
from django.db import models

from financehub.core.fields import SealedJSONField
from financehub.core.ids import new_id


class PushSubscription(models.Model):
    """One browser of one person. Address and keys are a capability to disturb: sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    endpoint_hash = models.CharField(max_length=64, unique=True)
    subscription = SealedJSONField()  # {"endpoint", "keys": {"p256dh", "auth"}}
    browser = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    last_sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"PushSubscription {self.pk}"
