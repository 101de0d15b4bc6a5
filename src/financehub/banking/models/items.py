"""One company's link to one bank, mirrored from Pluggy; and the permission given at the bank."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from financehub.core.fields import SealedJSONField
from financehub.core.tenancy import TenantModel, TenantQuerySet
from financehub.providers.pluggy.shapes.items import ExecutionStatus, ItemStatus

DEFAULT_ACTION_SECONDS = 120
STALE_AFTER = timedelta(hours=36)

WAITING = {ItemStatus.WAITING_USER_INPUT, ItemStatus.WAITING_USER_ACTION}
RUNNING = {ItemStatus.UPDATING, ItemStatus.MERGING}
NEEDS_RECONNECT = {
    ExecutionStatus.INVALID_CREDENTIALS,
    ExecutionStatus.INVALID_CREDENTIALS_MFA,
    ExecutionStatus.ACCOUNT_LOCKED,
    ExecutionStatus.ACCOUNT_CREDENTIALS_RESET,
    ExecutionStatus.USER_NOT_SUPPORTED,
    ExecutionStatus.USER_AUTHORIZATION_NOT_GRANTED,
    ExecutionStatus.USER_AUTHORIZATION_REVOKED,
}


class ItemQuerySet(TenantQuerySet["Item"]):
    """Sets of Items."""

    def connected(self) -> Self:
        return self.filter(disconnected_at__isnull=True)

    def failing_or_stale(self, *, at: datetime) -> Self:
        """Connected, not asking for the person, and without fresh data."""
        return self.connected().filter(
            Q(status=ItemStatus.OUTDATED)
            | Q(last_sync_at__isnull=True)
            | Q(last_sync_at__lt=at - STALE_AFTER)
        )


class Item(TenantModel):
    """Pluggy's Item. Status words are the vendor's; we copy them and never move them ourselves."""

    pluggy_id = models.UUIDField(unique=True)
    connector = models.ForeignKey("banking.Connector", on_delete=models.PROTECT, related_name="items")
    created_by = models.ForeignKey("companies.User", on_delete=models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=32)
    execution_status = models.CharField(max_length=48, blank=True)
    status_detail = models.JSONField(null=True)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=400, blank=True)
    error_provider_message = models.CharField(max_length=400, blank=True)
    parameter = SealedJSONField(null=True)
    user_action = SealedJSONField(null=True)
    action_expires_at = models.DateTimeField(null=True)
    timeouts = models.PositiveSmallIntegerField(default=0)
    products = models.JSONField(default=list)
    vendor_updated_at = models.DateTimeField(null=True)
    last_updated_at = models.DateTimeField(null=True)
    next_auto_sync_at = models.DateTimeField(null=True)
    auto_sync_disabled_at = models.DateTimeField(null=True)
    consent_expires_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)  # since when an execution fails that may mend by itself
    look_again_at = models.DateTimeField(null=True)  # when the sweeper asks how it is
    consecutive_failed_logins = models.PositiveIntegerField(default=0)
    read_up_to = models.DateTimeField(null=True)  # the lastUpdatedAt that the last complete sync has read
    last_sync_at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    disconnected_at = models.DateTimeField(null=True)

    objects = ItemQuerySet.as_manager()  # type: ignore[misc]  # richer than the base's

    class Meta:
        indexes = [models.Index(fields=["company", "-created_at"], name="items_of_company")]

    @property
    def is_disconnected(self) -> bool:
        return self.disconnected_at is not None

    @property
    def is_updating(self) -> bool:
        return self.status in RUNNING

    @property
    def is_waiting_for_input(self) -> bool:
        return self.status == ItemStatus.WAITING_USER_INPUT

    @property
    def is_waiting_for_action(self) -> bool:
        return self.status == ItemStatus.WAITING_USER_ACTION

    @property
    def needs_reconnect(self) -> bool:
        return self.status == ItemStatus.LOGIN_ERROR or self.execution_status in NEEDS_RECONNECT

    @property
    def timed_out(self) -> bool:
        return self.execution_status == ExecutionStatus.USER_INPUT_TIMEOUT

    @property
    def is_healthy(self) -> bool:
        return self.status == ItemStatus.UPDATED and not self.is_disconnected

    @property
    def is_partial(self) -> bool:
        return self.execution_status == ExecutionStatus.PARTIAL_SUCCESS

    @property
    def stage(self) -> str:
        """The vendor's word for what is being done now."""
        return self.execution_status or self.status

    @property
    def has_news(self) -> bool:
        """Whether the vendor has collected since the last complete read."""
        return self.last_updated_at is not None and self.last_updated_at != self.read_up_to

    def consent_has_expired(self, at: datetime) -> bool:
        """Whether the date that the bank gave has passed; no date never passes."""
        return self.consent_expires_at is not None and self.consent_expires_at <= at

    def product_is_fresh(self, product: str) -> bool:
        """False when the last execution says it could not update this product (`statusDetail`)."""
        detail = (self.status_detail or {}).get(product)
        return detail is None or bool(detail.get("isUpdated", True))


class Consent(TenantModel):
    """The permission given at the bank."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="consents")
    pluggy_id = models.UUIDField()
    products = models.JSONField(default=list)
    permissions = models.JSONField(default=list)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "pluggy_id"], name="one_row_per_consent")]
