"""From the vendor's Item to our mirrored columns: pure."""

from datetime import datetime, timedelta

import msgspec

from financehub.banking.models.items import DEFAULT_ACTION_SECONDS, WAITING, Item
from financehub.core.documents import mask_documents
from financehub.core.fitting import fitted
from financehub.providers.pluggy.shapes import items as shapes

LONGEST_MESSAGE = 400


def item_fields(snapshot: shapes.Item, *, at: datetime) -> dict[str, object]:
    """Columns of Item that a snapshot says."""
    error = snapshot.error
    fields: dict[str, object] = {
        "status": snapshot.status,
        "execution_status": snapshot.execution_status,
        "status_detail": _plain(snapshot.status_detail),
        "error_code": error.code if error else "",
        "error_message": mask_documents(error.message)[:LONGEST_MESSAGE] if error else "",
        "error_provider_message": mask_documents(error.provider_message or "")[:LONGEST_MESSAGE]
        if error
        else "",
        "parameter": _plain(snapshot.parameter),
        "user_action": _plain(snapshot.user_action),
        "action_expires_at": _deadline(snapshot, at),
        "products": snapshot.products or [],
        "vendor_updated_at": snapshot.updated_at,
        "last_updated_at": snapshot.last_updated_at,
        "next_auto_sync_at": snapshot.next_auto_sync_at,
        "auto_sync_disabled_at": snapshot.auto_sync_disabled_at,
        "consent_expires_at": snapshot.consent_expires_at,
        "consecutive_failed_logins": snapshot.consecutive_failed_login_attempts or 0,
    }
    return fitted(Item, fields)


def is_older(snapshot: shapes.Item, item: Item) -> bool:
    """Whether the snapshot is from before what we already mirrored, by the vendor's own clock."""
    if snapshot.updated_at is None or item.vendor_updated_at is None:
        return False
    return snapshot.updated_at < item.vendor_updated_at


def _deadline(snapshot: shapes.Item, at: datetime) -> datetime | None:
    """When the question to the person ends; two minutes where the vendor does not say."""
    if snapshot.status not in WAITING:
        return None
    asked = snapshot.parameter or snapshot.user_action
    if asked is not None and asked.expires_at is not None:
        return asked.expires_at
    asked_at = snapshot.updated_at or at
    return asked_at + timedelta(seconds=DEFAULT_ACTION_SECONDS)


def _plain(shape: object) -> object:
    """JSON-ready values; decimals and times as text."""
    return None if shape is None else msgspec.json.decode(msgspec.json.encode(shape))
