"""A ticket opens one live line of one company, once, within 30 seconds; only its hash is kept."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from financehub.core import clock
from financehub.core.models import Lease

LIFETIME = timedelta(seconds=30)
PREFIX = "ticket:"


def issue(company_id: UUID) -> str:
    """A fresh ticket; tickets that nobody used in time are swept out on the way."""
    now, ticket = clock.now(), secrets.token_urlsafe(32)
    Lease.objects.filter(name__startswith=PREFIX, expires_at__lte=now).delete()
    Lease.objects.create(name=_name(ticket), holder=company_id.hex, expires_at=now + LIFETIME)
    return ticket


def redeem(ticket: str) -> UUID | None:
    """The company the ticket opens, at most once; None for any other text."""
    row = Lease.objects.filter(name=_name(ticket), expires_at__gt=clock.now()).first()
    if row is None:
        return None
    deleted, _ = Lease.objects.filter(name=row.name).delete()
    return UUID(row.holder) if deleted else None


def _name(ticket: str) -> str:
    return PREFIX + hashlib.sha256(ticket.encode(errors="replace")).hexdigest()
