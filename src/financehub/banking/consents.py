"""The permission given at the bank: until when, for what, what came of the attempts to keep it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from financehub.banking.models import Consent, ConsentRenewal, Item
from financehub.providers.pluggy.shapes.items import ExecutionStatus, ItemStatus

EXPIRING_WITHIN = timedelta(days=7)
SHOWN_RENEWALS = 10


@dataclass(frozen=True)
class ConsentSheet:
    """`state`: none (no such permission), endless, dated, expiring, expired or revoked; products as Pluggy says."""

    state: str
    expires_at: datetime | None
    granted_at: datetime | None
    revoked_at: datetime | None
    granted: list[str]
    missing: list[str]
    renewals: list[ConsentRenewal]


def sheet(item: Item, *, at: datetime) -> ConsentSheet:
    """Everything a page says of one connection's permission."""
    of_item = Consent.objects.of(item.company_id).filter(item=item)
    newest = of_item.order_by("-granted_at", "-id").first()
    renewals = ConsentRenewal.objects.of(item.company_id).filter(item=item).order_by("-attempted_at")
    granted = sorted(newest.products) if newest else []
    return ConsentSheet(
        state=state_of(item, newest, at=at),
        expires_at=item.consent_expires_at or (newest.expires_at if newest else None),
        granted_at=newest.granted_at if newest else None,
        revoked_at=newest.revoked_at if newest else None,
        granted=granted,
        missing=[product for product in wanted(item) if product not in granted] if newest else [],
        renewals=list(renewals[:SHOWN_RENEWALS]),
    )


def state_of(item: Item, newest: Consent | None, *, at: datetime) -> str:
    """One word for where the permission stands, the worst first."""
    if (newest and newest.revoked_at) or was_revoked(item):
        return "revoked"
    expires_at = item.consent_expires_at or (newest.expires_at if newest else None)
    if expires_at is None:
        return "endless" if newest else "none"
    if expires_at <= at:
        return "expired"
    return "expiring" if expires_at <= at + EXPIRING_WITHIN else "dated"


def wanted(item: Item) -> list[str]:
    """What we asked for: the Item's own list, else all that the institution offers."""
    return sorted(item.products or item.connector.products)


def is_expiring(item: Item, *, at: datetime) -> bool:
    """Whether it ends within a week, and has not yet."""
    ends = item.consent_expires_at
    return ends is not None and at < ends <= at + EXPIRING_WITHIN


def may_renew(item: Item) -> bool:
    """Whether Pluggy renews it by itself when asked: Open Finance that is in order, and never connector 200."""
    return (
        item.connector.is_open_finance
        and item.connector.can_be_refreshed
        and not item.is_disconnected
        and not item.needs_reconnect
        and item.status in {ItemStatus.UPDATED, ItemStatus.OUTDATED}
    )


def settle_renewals(item: Item, *, at: datetime) -> int:
    """The end has moved: attempts about an earlier end have succeeded; how many. Inside the caller's transaction."""
    waiting = ConsentRenewal.objects.of(item.company_id).filter(item=item, settled_at__isnull=True)
    if item.consent_expires_at is not None:
        waiting = waiting.filter(expires_at__lt=item.consent_expires_at)
    return waiting.update(
        outcome=ConsentRenewal.Outcome.RENEWED, settled_at=at, renewed_until=item.consent_expires_at
    )


def was_revoked(item: Item) -> bool:
    """Whether the bank says that the person took the permission back."""
    return ExecutionStatus.USER_AUTHORIZATION_REVOKED in {item.execution_status, item.error_code}
