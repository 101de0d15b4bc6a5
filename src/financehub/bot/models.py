"""What the bot must not forget: updates it was told, what a chat is in the middle of, connections it follows."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from financehub.core.fields import SealedJSONField
from financehub.core.ids import new_id
from financehub.core.states import StateMachine
from financehub.notifications.models import TelegramChat

LEASE = timedelta(minutes=2)


class BotUpdateQuerySet(models.QuerySet["BotUpdate"]):
    """Sets of updates."""

    def due(self, at: datetime) -> Self:
        """Nobody's at `at`: waiting, or left behind by a process that died."""
        status = BotUpdate.Status
        return self.filter(
            Q(status=status.WAITING, due_at__lte=at) | Q(status=status.RUNNING, lease_until__lte=at)
        )

    def claim_next(self, chat_id: int, at: datetime) -> "BotUpdate | None":
        """The chat's oldest update that is due, taken for the length of a lease."""
        row = self.filter(chat_id=chat_id).due(at).order_by("update_id").first()
        return row if row is not None and self.claim(row, at) else None

    def claim(self, row: "BotUpdate", at: datetime) -> bool:
        """Take this one; False when it is somebody else's, over, or not due."""
        taken = self.filter(pk=row.pk).due(at)
        running = BotUpdate.Status.RUNNING
        if not taken.update(status=running, lease_until=at + LEASE, attempts=F("attempts") + 1):
            return False
        row.refresh_from_db()
        return True

    def to_erase(self) -> Self:
        """Messages that must go from their chat and may still be there."""
        return self.filter(must_erase=True, erased_at__isnull=True)


class BotUpdate(StateMachine):
    """One update of Telegram, worked off once. What was written in confidence is never in `payload`."""

    class Status(models.TextChoices):
        WAITING = "waiting"  # until `due_at`
        RUNNING = "running"  # until `lease_until`
        DONE = "done"
        DEAD = "dead"  # given up, `reason` says why

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        Status.WAITING: {Status.RUNNING, Status.DEAD},
        Status.RUNNING: {Status.DONE, Status.DEAD, Status.WAITING},
    }

    update_id = models.BigIntegerField(primary_key=True)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.WAITING)
    chat_id = models.BigIntegerField()
    message_id = models.BigIntegerField(default=0)
    payload = SealedJSONField(null=True)  # providers.telegram.updates.Update; taken away when it is over
    is_confidential = models.BooleanField(default=False)
    must_erase = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=80, blank=True)

    objects = BotUpdateQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["chat_id", "update_id"],
                condition=Q(status__in=["waiting", "running"]),
                name="open_bot_updates",
            ),
            models.Index(
                fields=["received_at"],
                condition=Q(must_erase=True, erased_at__isnull=True),
                name="bot_updates_to_erase",
            ),
        ]

    def __str__(self) -> str:
        return f"BotUpdate {self.pk}"


class Conversation(models.Model):
    """What a private chat is in the middle of, by Telegram's id of it."""

    chat_id = models.BigIntegerField(primary_key=True)
    memory = SealedJSONField(null=True)  # memory.Memory
    confidential_until = models.DateTimeField(
        null=True
    )  # free text until then is taken away and never stored
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Conversation {self.pk}"


class Following(models.Model):
    """A connection that a chat is told about until it has arrived, failed, or nobody comes back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chat = models.ForeignKey(TelegramChat, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey("companies.Company", on_delete=models.CASCADE, related_name="+")
    item_id = models.UUIDField(null=True)  # unknown until the person has been through Connect
    connector_name = models.CharField(max_length=120)
    message_id = models.BigIntegerField(default=0)  # the message that shows the progress
    told = models.CharField(max_length=120, blank=True)  # what was said last
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(finished_at__isnull=True), name="open_bot_followings"
            )
        ]

    def __str__(self) -> str:
        return f"Following {self.pk}"
