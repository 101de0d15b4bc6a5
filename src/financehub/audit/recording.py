"""Writing an audit row in the transaction of the deed itself."""

from dataclasses import dataclass, field
from uuid import UUID

import structlog

from financehub.audit.models import AuditLog
from financehub.core import clock


@dataclass(frozen=True)
class Actor:
    """Who acts: a person (`user`), an API key (`api_key`), the vendor (`vendor`) or the clock (`system`).

    `via` is where from, when it is neither a page nor the API, e.g. `telegram`.
    """

    kind: str
    id: UUID | None = None
    ip_address: str | None = None
    via: str = ""


SYSTEM = Actor("system")


@dataclass(frozen=True)
class Target:
    """On what: the kind of object in the domain's words, and its id."""

    kind: str
    id: UUID | str
    facts: dict[str, str | int | bool | None] = field(default_factory=dict)


def record(action: str, *, by: Actor, on: Target, company_id: UUID | None) -> AuditLog:
    """Append one row; `action` is dotted, e.g. `open_finance.item_connected`. Facts hold no personal data."""
    context = structlog.contextvars.get_contextvars()
    return AuditLog.objects.create(
        company_id=company_id,
        actor_id=by.id,
        actor_kind=by.kind,
        action=action,
        object_kind=on.kind,
        object_id=str(on.id),
        ip_address=by.ip_address,
        correlation_id=str(context.get("correlation_id", "")),
        facts={**on.facts, "via": by.via} if by.via else on.facts,
        created_at=clock.now(),
    )
