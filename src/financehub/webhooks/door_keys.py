"""The secrets that open a door now: those of the settings and those made by rotation, several at a time."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from financehub.core import clock, crypto
from financehub.webhooks.models import WebhookSecret
from financehub.webhooks.notices import Source

REMEMBERED_SECONDS = 5.0
READ_AGAIN_SECONDS = 0.5  # a sender with a secret made elsewhere waits for at most one look
OVERLAP = timedelta(hours=24)
IN_FLIGHT = timedelta(minutes=1)  # deliveries under way with the old secret when the new one is confirmed
MATURE = timedelta(days=90)


@dataclass(frozen=True)
class DoorKeys:
    """The values that are valid, newest first, and the one that no delivery has proved yet."""

    values: tuple[str, ...]
    unconfirmed: str | None = None


@dataclass(frozen=True)
class Known:
    """What the rows said, and when: secrets of our own, and fingerprints whose time is over."""

    own: tuple[str, ...]
    unconfirmed: str | None
    retired: frozenset[str]
    read_at: float


_remembered: dict[str, Known] = {}


def fingerprint(value: str) -> str:
    """By what a secret is known without being shown."""
    return crypto.blind_index(value, purpose="webhook-secret")


def keys_of(source: Source, *, max_age: float = REMEMBERED_SECONDS) -> DoorKeys:
    """The keys of a door, as the rows were at most `max_age` seconds ago."""
    known = _remembered.get(source.name)
    if known is None or time.monotonic() - known.read_at > max_age:
        known = _remembered[source.name] = _read(source.name, clock.now())
    valid = [secret for secret in source.settings_secrets() if secret]
    if known.retired:
        valid = [secret for secret in valid if fingerprint(secret) not in known.retired]
    return DoorKeys((*known.own, *valid), known.unconfirmed)


def _read(source: str, at: datetime) -> Known:
    rows = list(WebhookSecret.objects.filter(source=source).order_by("-created_at"))
    retired = frozenset(row.fingerprint for row in rows if row.expires_at and row.expires_at <= at)
    own = [row for row in rows if row.value and row.fingerprint not in retired]
    unconfirmed = own[0].value if own and own[0].confirmed_at is None else None
    return Known(tuple(str(row.value) for row in own), unconfirmed, retired, time.monotonic())


def forget() -> None:
    """Read everything again at the next knock."""
    _remembered.clear()


def confirm(source: Source, value: str) -> None:
    """A delivery proved the newest secret: it is the vendor's now, and the older ones end in a moment."""
    at = clock.now()
    fresh = WebhookSecret.objects.filter(
        source=source.name, fingerprint=fingerprint(value), confirmed_at__isnull=True
    )
    if fresh.update(confirmed_at=at):
        older = WebhookSecret.objects.filter(source=source.name).exclude(fingerprint=fingerprint(value))
        older.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at + IN_FLIGHT)).update(
            expires_at=at + IN_FLIGHT
        )
        forget()


def note_settings(source: Source) -> None:
    """Start counting the age of secrets that come from the settings."""
    for value in filter(None, source.settings_secrets()):
        WebhookSecret.objects.get_or_create(
            source=source.name,
            fingerprint=fingerprint(value),
            defaults={"created_at": clock.now(), "confirmed_at": clock.now()},
        )


@dataclass(frozen=True)
class SecretAge:
    """How old an active secret is, and until when it is valid beside a newer one."""

    id: UUID
    source: str
    created_at: datetime
    confirmed_at: datetime | None
    expires_at: datetime | None
    periods: int  # how many times over it should have been changed by now

    @property
    def is_mature(self) -> bool:
        return self.periods > 0


def ages(source: Source) -> list[SecretAge]:
    """The active secrets of a door by age, newest first; one that the settings dropped is not active."""
    at = clock.now()
    in_settings = {fingerprint(value) for value in source.settings_secrets() if value}
    rows = WebhookSecret.objects.filter(source=source.name).order_by("-created_at")
    active = [
        row
        for row in rows
        if (row.value or row.fingerprint in in_settings) and (row.expires_at is None or row.expires_at > at)
    ]
    return [
        SecretAge(
            row.pk,
            row.source,
            row.created_at,
            row.confirmed_at,
            row.expires_at,
            (at - row.created_at) // MATURE,
        )
        for row in active
    ]
