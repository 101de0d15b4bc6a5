"""One notification on its way through one channel."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from financehub.core.states import StateMachine
from financehub.core.tenancy import TenantModel, TenantQuerySet
from financehub.notifications.models.notices import Notification

LEASE = timedelta(minutes=2)
OFFERED_AGAIN_AFTER = timedelta(seconds=30)  # how long a message may take before the sweeper sends another


class Channel(models.TextChoices):
    """The ways out. The tray is the row itself and needs no delivery."""

    TRAY = "tray"
    EMAIL = "email"
    TELEGRAM = "telegram"
    PUSH = "push"
    WEBHOOK = "webhook"


class DeliveryQuerySet(TenantQuerySet["Delivery"]):
    """Sets of deliveries."""

    def claimable(self, at: datetime) -> Self:
        """Nobody's at `at`: due, or left behind by a worker that died."""
        status = Delivery.Status
        return self.filter(
            Q(status=status.WAITING, due_at__lte=at) | Q(status=status.SENDING, lease_until__lte=at)
        )

    def to_offer(self, at: datetime) -> Self:
        """Claimable, and not named to a worker a moment ago."""
        forgotten = Q(offered_at=None) | Q(offered_at__lte=at - OFFERED_AGAIN_AFTER)
        return self.claimable(at).filter(forgotten)

    def claim(self, delivery_id: str, at: datetime) -> "Delivery | None":
        """Take it for the length of a lease; None when somebody else has it, it is over, or not due yet."""
        mine = self.across_companies().filter(pk=delivery_id)
        taken = mine.claimable(at).update(
            status=Delivery.Status.SENDING, lease_until=at + LEASE, attempts=F("attempts") + 1
        )
        return mine.select_related("notification__person", "notification__company").get() if taken else None


class Delivery(StateMachine, TenantModel):
    """A notification on one channel to one target of it: a chat, a browser, an endpoint, else nothing."""

    class Status(models.TextChoices):
        WAITING = "waiting"  # until `due_at`
        SENDING = "sending"  # until `lease_until`
        SENT = "sent"
        SKIPPED = "skipped"  # nothing was tried, `reason` says why
        FAILED = "failed"  # given up, `reason` says why

    OVER: ClassVar[tuple[str, ...]] = (Status.SENT, Status.SKIPPED, Status.FAILED)

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        Status.WAITING: {Status.SENDING, Status.SKIPPED},
        Status.SENDING: {Status.SENT, Status.WAITING, Status.SKIPPED, Status.FAILED},
        Status.FAILED: {Status.WAITING},
        Status.SKIPPED: {Status.WAITING},
        Status.SENT: {Status.WAITING},
    }

    status = models.CharField(max_length=16, choices=Status.choices, default=Status.WAITING)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    target = models.CharField(
        max_length=36, blank=True
    )  # key of a TelegramChat, PushSubscription, WebhookEndpoint
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)  # when a worker was last told to look
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "channel", "target"], name="one_delivery_per_target"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(status__in=["waiting", "sending"]), name="open_deliveries"
            ),
            models.Index(fields=["company", "channel", "-due_at"], name="deliveries_by_channel"),
        ]

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER
