"""Syncs: what was read, and what became of it."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from ninja import Router

from financehub.api import lookups
from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.shapes import Out
from financehub.banking.models import Sync
from financehub.companies.permissions import Permission

router = Router(tags=["syncs"])
READ = allowed(Permission.READ)


class ReceiptOut(Out):
    """read = new + changed + unchanged + returned + queued, and

    knownBefore = changed + unchanged + withdrawn + those of the queued that were known.
    """

    read: int
    new: int
    changed: int
    unchanged: int
    withdrawn: int
    returned: int
    queued: int
    known_before: int
    adds_up: bool
    known_adds_up: bool


class SyncOut(Out):
    """One pull of one Item."""

    id: UUID
    status: str
    trigger: str
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seconds: float | None
    requests: int
    pages: int
    window_from: date | None
    error_code: str
    error_action: str
    again_at: datetime | None
    receipt: ReceiptOut

    @classmethod
    def of(cls, sync: Sync) -> Self:
        return cls(
            id=sync.pk,
            status=sync.status,
            trigger=sync.trigger,
            requested_at=sync.requested_at,
            started_at=sync.started_at,
            finished_at=sync.finished_at,
            seconds=sync.seconds,
            requests=sync.requests,
            pages=sync.pages,
            window_from=sync.window_from,
            error_code=sync.error_code,
            error_action=sync.error_action,
            again_at=sync.due_at if sync.status == Sync.Status.PENDING and sync.error_code else None,
            receipt=ReceiptOut.model_validate(sync, from_attributes=True),
        )


@at(router, "GET", "/banking/syncs/{id}/", operation_id="get_sync", auth=READ, response=SyncOut)
def get_sync(request: AuthedRequest, key: OurId) -> SyncOut:
    """How a Sync is going, and its receipt."""
    return SyncOut.of(lookups.sync(request, key))
