"""What vendors told us, and what guards their door: events, secrets, refusals, alerts, mirrored payments."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import ExpressionWrapper, F, Q

from financehub.core.fields import SealedTextField
from financehub.core.ids import new_id
from financehub.core.states import StateMachine

LEASE = timedelta(minutes=5)
SUSPECT_AFTER = 2
SUSPECT = Q(status="processing", attempts__gte=SUSPECT_AFTER)  # workers died over it: the next takes it alone
OFFERED_AGAIN_AFTER = timedelta(seconds=30)  # how long a message may take before the sweeper sends another


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    """Sets of events; an event may have no company, so no door reads them without asking for one."""

    def of(self, company_id: UUID) -> Self:
        """Only events about this company."""
        return self.filter(company_id=company_id)

    def claimable(self, at: datetime) -> Self:
        """Nobody's at `at`: new, due again, or left behind by a worker that died."""
        status = WebhookEvent.Status
        return self.filter(
            Q(status=status.RECEIVED)
            | Q(status__in=[status.FAILED, status.DEFERRED], due_at__lte=at)
            | Q(status=status.PROCESSING, lease_until__lte=at)
        )

    def due(self, at: datetime) -> Self:
        """Claimable, and not offered to a worker a moment ago."""
        return self.claimable(at).filter(due_at__lte=at)

    def take(self, keys: Collection[UUID], at: datetime) -> "list[WebhookEvent]":
        """Claim those of these events that are still nobody's for the length of a lease; oldest first.

        Whoever takes events holds the leases of what they are about: nobody else takes them at that moment.
        """
        wanted, until = self.filter(pk__in=keys), at + LEASE
        changes = {"status": WebhookEvent.Status.PROCESSING, "lease_until": until}
        if not wanted.claimable(at).update(**changes, attempts=F("attempts") + 1):
            return []
        sealed = ExpressionWrapper(
            F("body"), models.BinaryField()
        )  # one that nobody can open must not stop all
        return list(wanted.held(until).defer("body").annotate(sealed=sealed).order_by("received_at", "pk"))

    def held(self, until: datetime | None) -> Self:
        """Those claimed by the worker whose lease ends then, and by no other since."""
        return self.filter(status=WebhookEvent.Status.PROCESSING, lease_until=until)

    def open(self) -> Self:
        """Not over yet; a parked event waits for a person, not for us."""
        return self.filter(status__in=WebhookEvent.OPEN).exclude(
            status=WebhookEvent.Status.DEFERRED, due_at__isnull=True
        )

    def parked(self) -> Self:
        """Left for a person to decide."""
        return self.filter(status=WebhookEvent.Status.DEFERRED, due_at__isnull=True)

    def about(self, text: str) -> Self:
        """Whose type, vendor id or object contains the text."""
        return self.filter(
            Q(type__icontains=text) | Q(external_id__icontains=text) | Q(object_key__icontains=text)
        )


class WebhookEvent(StateMachine):
    """A vendor's event, once per `(source, external_id)`, whatever is repeated or reordered."""

    class Status(models.TextChoices):
        RECEIVED = "received"
        PROCESSING = "processing"
        HANDLED = "handled"
        IGNORED = "ignored"
        DEFERRED = "deferred"  # until `due_at`, or parked for a person where that is empty
        FAILED = "failed"
        DEAD = "dead"

    OPEN: ClassVar[tuple[str, ...]] = (Status.RECEIVED, Status.PROCESSING, Status.DEFERRED, Status.FAILED)

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        Status.RECEIVED: {Status.PROCESSING},
        Status.PROCESSING: {
            Status.HANDLED,
            Status.IGNORED,
            Status.DEFERRED,
            Status.FAILED,
            Status.DEAD,
        },
        Status.DEFERRED: {Status.PROCESSING, Status.RECEIVED},
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
    company_id = models.UUIDField(null=True)  # known once a worker looked
    body = SealedTextField()
    body_hash = models.CharField(max_length=64)
    headers = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.RECEIVED)
    attempts = models.PositiveSmallIntegerField(default=0)
    vendor_at = models.DateTimeField(null=True)  # the vendor's own time, where it tells one
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = WebhookEventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_row_per_event")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["received", "processing", "deferred", "failed"]),
                name="open_webhook_events",
            ),
            models.Index(fields=["object_key", "status", "received_at"], name="webhook_events_of_object"),
            models.Index(fields=["-received_at"], name="webhook_events_by_time"),
        ]

    def __str__(self) -> str:
        return f"WebhookEvent {self.pk} {self.type}"

    @property
    def is_parked(self) -> bool:
        return self.status == self.Status.DEFERRED and self.due_at is None

    @property
    def is_suspect(self) -> bool:
        return self.status == self.Status.PROCESSING and self.attempts >= SUSPECT_AFTER

    @property
    def lock_name(self) -> str:
        """The lease of what must be handled one by one: the object, or the event itself when it names none."""
        return f"webhook:{self.object_key or self.pk}"

    @property
    def seconds_to_handle(self) -> float | None:
        """From the vendor's time (ours where it tells none) to the end of the work."""
        if self.handled_at is None:
            return None
        return (self.handled_at - (self.vendor_at or self.received_at)).total_seconds()


class WebhookSecret(models.Model):
    """A secret that opens a door. One from the settings is known here by its fingerprint only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=64)
    value = SealedTextField(null=True)
    vendor_id = models.CharField(max_length=80, blank=True)  # the vendor's endpoint that signs with it
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # first delivery that proved the vendor uses it
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "fingerprint"], name="one_row_per_webhook_secret")
        ]

    def __str__(self) -> str:
        return f"WebhookSecret {self.pk}"


class WebhookRefusal(models.Model):
    """How often a layer of a door refused, or set aside, on one day (UTC); nothing else is kept of a refusal."""

    source = models.CharField(max_length=16)
    layer = models.CharField(max_length=16)
    day = models.DateField()
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "layer", "day"], name="one_count_per_layer_and_day")
        ]

    def __str__(self) -> str:
        return f"WebhookRefusal {self.pk}"


class WebhookRate(models.Model):
    """How many events of one type came in the last minute that had any, over all processes."""

    source = models.CharField(max_length=16)
    type = models.CharField(max_length=80)
    minute = models.BigIntegerField()
    count = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "type"], name="one_rate_per_type")]

    def __str__(self) -> str:
        return f"WebhookRate {self.pk}"


class WebhookAlert(models.Model):
    """An event's id came again, authentic, with other content: somebody must look."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(WebhookEvent, on_delete=models.CASCADE, related_name="alerts")
    body_hash = models.CharField(max_length=64)
    body = SealedTextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "body_hash"], name="one_alert_per_other_content")
        ]

    def __str__(self) -> str:
        return f"WebhookAlert {self.pk}"


class PaymentMirror(models.Model):
    """The last status a payment, boleto or smart transfer is known to have; the payments capability builds on it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    vendor_id = models.UUIDField()
    request_id = models.UUIDField(null=True)  # the payment request or preauthorisation it belongs to
    company_id = models.UUIDField(null=True)
    status = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()  # a status never goes back, whatever the order of arrival
    is_verified = models.BooleanField(default=False)  # read at the vendor, not only told
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "vendor_id"], name="one_mirror_per_payment")]

    def __str__(self) -> str:
        return f"PaymentMirror {self.pk}"


class ReconcileMark(models.Model):
    """Up to when a vendor was asked for what we may have missed."""

    source = models.CharField(primary_key=True, max_length=16)
    reached_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ReconcileMark {self.source}"
