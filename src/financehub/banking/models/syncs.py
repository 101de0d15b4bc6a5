"""Our pull of an Item: its life, its receipt, and the pages it read."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from financehub.core.states import StateMachine
from financehub.core.tenancy import TenantModel, TenantQuerySet


class Receipt(models.Model):
    """What a read did to the rows. read = new + changed + unchanged + returned + queued."""

    read = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    queued = models.IntegerField(default=0)
    known_before = models.IntegerField(default=0)

    COUNTS: ClassVar[tuple[str, ...]] = (
        "read",
        "new",
        "changed",
        "unchanged",
        "withdrawn",
        "returned",
        "queued",
        "known_before",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"

    @property
    def adds_up(self) -> bool:
        return self.read == self.new + self.changed + self.unchanged + self.returned + self.queued

    @property
    def known_adds_up(self) -> bool:
        """The second sum: of the rows known before, the queued ones that were known are the only slack."""
        rest = self.known_before - self.changed - self.unchanged - self.withdrawn
        return 0 <= rest <= self.queued


class SyncQuerySet(TenantQuerySet["Sync"]):
    """Sets of Syncs."""

    def open(self) -> Self:
        return self.filter(status__in=[Sync.Status.PENDING, Sync.Status.RUNNING])

    def troubled(self) -> Self:
        """The retry queue: those that failed for good, and those that wait for another try."""
        waiting = Q(status=Sync.Status.PENDING) & ~Q(error_code="")
        return self.filter(waiting | Q(status=Sync.Status.FAILED))


class Sync(StateMachine, Receipt, TenantModel):
    """One pull of one Item. A request while one is open joins it instead of starting a second."""

    class Status(models.TextChoices):
        PENDING = "PENDING"
        RUNNING = "RUNNING"
        SUCCEEDED = "SUCCEEDED"
        FAILED = "FAILED"

    class Trigger(models.TextChoices):
        FIRST = "first"
        WEBHOOK = "webhook"
        TIMER = "timer"
        PERSON = "person"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        Status.PENDING: {Status.RUNNING, Status.FAILED},
        Status.RUNNING: {Status.PENDING, Status.SUCCEEDED, Status.FAILED},
    }

    item = models.ForeignKey("banking.Item", on_delete=models.CASCADE, related_name="syncs")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.PENDING)
    trigger = models.CharField(max_length=8, choices=Trigger.choices)
    is_full = models.BooleanField(default=False)  # the daily look-back: reads rows even when nothing moved
    again = models.BooleanField(default=False)  # asked for while running: run once more
    again_is_full = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # times taken up: also the token of its holder
    failures = models.PositiveSmallIntegerField(default=0, db_default=0)  # of those, ended in an error
    deaths = models.PositiveSmallIntegerField(
        default=0, db_default=0
    )  # workers in a row that vanished with it
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when people and programs were told what it brought
    requests = models.IntegerField(default=0)
    pages = models.IntegerField(default=0)
    read_rows = models.BooleanField(default=False)  # False when the Item had no news and no row was asked for
    window_from = models.DateField(null=True)  # the earliest day that any account was read from
    products = models.JSONField(
        default=dict
    )  # product: {read, new, changed, unchanged} of what is no transaction
    changed_while_read = models.BooleanField(default=False)  # the Item moved on meanwhile: it is read again
    warnings = models.JSONField(default=list)
    error_code = models.CharField(max_length=64, blank=True)
    error_action = models.CharField(max_length=24, blank=True)
    error_message = models.CharField(max_length=400, blank=True)

    objects = SyncQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(status__in=["PENDING", "RUNNING"]), name="one_open_sync_per_item"
            )
        ]
        indexes = [
            models.Index(fields=["company", "-requested_at"], name="syncs_of_company"),
            models.Index(fields=["status", "due_at"], name="syncs_due"),
        ]

    @property
    def quota_used(self) -> list[str]:
        """The monthly limits that what it read has spent one call of."""
        return [name for spending in self.quota.all() for name in spending.spent]

    @property
    def seconds(self) -> float | None:
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()


class SyncAccount(Receipt, TenantModel):
    """The receipt of one account within a Sync."""

    sync = models.ForeignKey(Sync, on_delete=models.CASCADE, related_name="accounts")
    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="+")
    window_from = models.DateField(null=True)
    created_from = models.DateTimeField(null=True)  # rows created since then were read too, however backdated
    pages = models.IntegerField(default=0)
    warnings = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sync", "account"], name="one_receipt_per_account")]


class RawPage(TenantModel):
    """A page exactly as the vendor sent it: compressed, sealed, kept once per content while retention lasts."""

    account = models.ForeignKey("banking.Account", on_delete=models.CASCADE, related_name="raw_pages")
    content_hash = models.BinaryField(max_length=16)
    body = models.BinaryField()
    row_count = models.IntegerField()
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "account", "content_hash"], name="one_copy_per_raw_page"
            )
        ]
        indexes = [models.Index(fields=["fetched_at"], name="raw_pages_by_age")]
