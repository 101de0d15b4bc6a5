"""What a person wants to hear, where, and when; and which channel we had to switch off."""

from datetime import time

from django.conf import settings
from django.db import models

from financehub.core.ids import new_id
from financehub.notifications.models.deliveries import Channel


class Preference(models.Model):
    """A person's choice for one kind on one channel; without a row the kind's default holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "channel"], name="one_preference_each")
        ]

    def __str__(self) -> str:
        return f"Preference {self.pk}"


class Rhythm(models.Model):
    """When a person may be disturbed: zone, quiet hours (none while both ends are equal), time of the digest."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="rhythm"
    )
    time_zone = models.CharField(max_length=64, default="America/Sao_Paulo")
    quiet_from = models.TimeField(default=time(0, 0))
    quiet_until = models.TimeField(default=time(0, 0))
    digest_at = models.TimeField(default=time(8, 0))
    digested_on = models.DateField(null=True)  # the person's own day of the last digest
    digested_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Rhythm {self.pk}"


class ChannelBlock(models.Model):
    """A channel that refused this person for good and is off until the person switches it on again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    reason = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="one_block_per_channel")]

    def __str__(self) -> str:
        return f"ChannelBlock {self.pk}"
