"""A company's audit trail, page by page, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from financehub.audit.models import AuditLog
from financehub.core import clock
from financehub.core.errors import Invalid


@dataclass(frozen=True)
class AuditPage:
    """Rows and the mark after which the next page starts, None on the last one."""

    rows: list[AuditLog]
    next: str | None


def page(*, company_id: UUID, after: str | None = None, limit: int = 50) -> AuditPage:
    """The rows older than the mark `after`. Raises Invalid for a mark that is not ours."""
    rows = AuditLog.objects.filter(company_id=company_id)
    if after is not None:
        moment, key = _parse(after)
        older = Q(created_at__lt=moment) | Q(created_at=moment, id__lt=key)
        rows = rows.filter(older, created_at__lte=moment)
    found = list(rows.order_by("-created_at", "-id")[: limit + 1])
    shown = found[:limit]
    return AuditPage(shown, _mark(shown[-1]) if len(found) > limit else None)


def _mark(row: AuditLog) -> str:
    return f"{row.created_at.isoformat()}_{row.id}"


def _parse(mark: str) -> tuple[datetime, UUID]:
    moment, _, key = mark.partition("_")
    try:
        return clock.parse(moment), UUID(key)
    except ValueError:
        raise Invalid("Unknown page mark", field="after") from None
