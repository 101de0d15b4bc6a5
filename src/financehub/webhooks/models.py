"""One event a vendor told us about: stored before it is answered, then handled or visibly failed."""

from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from financehub.core.fields import SealedTextField
from financehub.core.ids import new_id
from financehub.core.states import StateMachine

LEASE = timedelta(minutes=5)
OFFERED_AGAIN_AFTER = timedelta(seconds=30)  # how long a message may take before the sweeper sends another


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    """Sets of events; no tenant is known before an event is handled, so no door reads them unscoped."""

    def claimable(self, at: datetime) -> Self:
        """Nobody's at `at`: new, due again after a failure, or left behind by a worker that died."""
        status = WebhookEvent.Status
        return self.filter(
            Q(status=status.RECEIVED)
            | Q(status=status.FAILED, due_at__lte=at)
            | Q(status=status.PROCESSING, lease_until__lte=at)
        )

    def due(self, at: datetime) -> Self:
        """Claimable, and waited long enough to think that nobody is coming."""
        return self.claimable(at).filter(due_at__lte=at)

    def claim(self, event_id: UUID | str, at: datetime) -> "WebhookEvent | None":
        """Take the event for the length of a lease; None when somebody else has it or it is over."""
        taken = (
            self.filter(pk=event_id)
            .claimable(at)
            .update(status=WebhookEvent.Status.PROCESSING, lease_until=at + LEASE, attempts=F("attempts") + 1)
        )
        return self.get(pk=event_id) if taken else None


class WebhookEvent(StateMachine):
    """A vendor's event, once per `(source, external_id)`, whatever is repeated or reordered."""

    class Status(models.TextChoices):
        RECEIVED = "received"
        PROCESSING = "processing"
        HANDLED = "handled"
        IGNORED = "ignored"
        FAILED = "failed"
        DEAD = "dead"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        Status.RECEIVED: {Status.PROCESSING},
        Status.PROCESSING: {Status.HANDLED, Status.IGNORED, Status.FAILED, Status.DEAD},
        Status.FAILED: {Status.PROCESSING, Status.RECEIVED},
        Status.DEAD: {Status.RECEIVED},
        Status.HANDLED: {Status.RECEIVED},
        Status.IGNORED: {Status.RECEIVED},
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=16)
    external_id = models.CharField(max_length=128)
    type = models.CharField(max_length=80)
    object_key = models.CharField(
        max_length=80, blank=True
    )  # what must be handled one by one, e.g. item:<uuid>
    company_id = models.UUIDField(null=True)  # known once handled
    body = SealedTextField()
    body_hash = models.CharField(max_length=64)
    headers = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.RECEIVED)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = WebhookEventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_row_per_event")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["received", "processing", "failed"]),
                name="open_webhook_events",
            ),
            models.Index(fields=["object_key", "status", "received_at"], name="webhook_events_of_object"),
            models.Index(fields=["-received_at"], name="webhook_events_by_time"),
        ]

    def __str__(self) -> str:
        return f"WebhookEvent {self.pk} {self.type}"

    def finish(self, status: Status, **changes: object) -> bool:
        """End this claim; False when the lease ran out and another worker has taken the event since."""
        mine = WebhookEvent.objects.filter(
            pk=self.pk, status=self.Status.PROCESSING, lease_until=self.lease_until
        )
        return bool(mine.update(status=status, lease_until=None, **changes))
