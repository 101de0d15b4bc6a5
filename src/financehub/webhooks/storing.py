"""Keeping an event: one row per `(source, external_id)`, written by one statement, before anybody is answered."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import structlog
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg import Cursor

from financehub.core import clock, crypto
from financehub.core.ids import new_id
from financehub.webhooks import counting, rates, waking
from financehub.webhooks import standing as standings
from financehub.webhooks.models import WebhookAlert, WebhookEvent
from financehub.webhooks.notices import Notice, Source

log = structlog.get_logger()

# Written by hand: preparing seventeen fields through the model costs a third of an answer.
COLUMNS = (
    *("id", "source", "external_id", "type", "object_key", "company_id", "body", "body_hash", "headers"),
    *("status", "attempts", "vendor_at", "received_at", "due_at", "lease_until", "handled_at", "last_error"),
)
INSERT = (
    f"INSERT INTO {WebhookEvent._meta.db_table} ({', '.join(COLUMNS)}) VALUES"
    f" ({', '.join(['%s'] * len(COLUMNS))}) ON CONFLICT (source, external_id) DO NOTHING"
)


Value = str | int | bytes | UUID | datetime | None


@dataclass(frozen=True)
class Stored:
    """The row's key as text, and whether this delivery was the first."""

    event_id: str
    is_new: bool


def store(source: Source, notice: Notice, body: bytes, headers: dict[str, str]) -> Stored:
    """Insert the event unless it is here, and wake the workers. Raises django.db.DatabaseError."""
    at, digest = clock.now(), source.fingerprint(body, notice)
    standing = standings.of(source, notice, at)
    external_id = notice.external_id or f"sha256:{digest}"
    event_id = new_id()
    over_at = at if standing.status == WebhookEvent.Status.IGNORED else None
    row: tuple[Value, ...] = (
        *(event_id, source.name, external_id, notice.type, notice.object_key, None),
        *(crypto.seal(body), digest, msgspec.json.encode(headers).decode()),
        *(standing.status, 0, notice.vendor_at, at, standing.due_at, None, over_at, standing.reason),
    )
    if not _insert(row):
        counting.count(source.name, "replay")
        rates.give_back(source.name, notice.type)
        return _compare_with_stored(source, external_id, digest, body)
    if standing.status == WebhookEvent.Status.RECEIVED:
        transaction.on_commit(waking.ring)
    return Stored(str(event_id), is_new=True)


def _insert(row: tuple[Value, ...]) -> bool:
    """Whether the row is new. One statement and no transaction of its own: half the round trips of save()."""
    values = row if connection.vendor == "postgresql" else [_for_sqlite(value) for value in row]
    with _cursor() as cursor:
        cursor.execute(INSERT, values)
        return bool(cursor.rowcount)


def _cursor() -> CursorWrapper:
    """On PostgreSQL one that sends values as they are: writing them into the statement costs both sides more."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    wrapper = CursorDebugWrapper if connection.queries_logged else CursorWrapper
    return wrapper(Cursor(connection.connection), connection)


def _for_sqlite(value: Value) -> Value:
    """As Django's own fields write it there."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value


def _compare_with_stored(source: Source, external_id: str, digest: str, body: bytes) -> Stored:
    stored = WebhookEvent.objects.only("body_hash", "type").get(source=source.name, external_id=external_id)
    if stored.body_hash != digest:
        _raise_alarm(stored, source, digest, body)
    return Stored(str(stored.pk), is_new=False)


def _raise_alarm(stored: WebhookEvent, source: Source, digest: str, body: bytes) -> None:
    """One row per other content, sealed, for a person to compare."""
    log.error("webhook_same_id_other_content", source=source.name, type=stored.type, event_id=str(stored.pk))
    try:
        with transaction.atomic():
            WebhookAlert.objects.create(
                event=stored, body_hash=digest, body=body.decode(), created_at=clock.now()
            )
    except IntegrityError:
        return  # this content raised its alarm before
