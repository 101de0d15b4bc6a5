"""Rows of the house itself: the event log that feeds live screens, and leases that serialise work."""

from django.db import models


class EventCounter(models.Model):
    """The number of a company's last event; its row lock makes order of numbers order of commits."""

    company_id = models.UUIDField(primary_key=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"EventCounter {self.company_id}"


class Event(models.Model):
    """Something changed: which topic and which object, never the data itself."""

    company_id = models.UUIDField()
    number = models.BigIntegerField()
    topic = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company_id", "number"], name="one_event_per_number"),
        ]
        indexes = [models.Index(fields=["created_at"], name="event_created_at")]

    def __str__(self) -> str:
        return f"Event {self.company_id}/{self.number}"


class Lease(models.Model):
    """A named right to do something alone until `expires_at`."""

    name = models.CharField(primary_key=True, max_length=120)
    holder = models.CharField(max_length=40)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Lease {self.name}"
