"""Keeping an event: one row per `(source, external_id)`, written by one statement, before anybody is answered."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import IntegrityError, connection, transaction

from financehub.core import clock
from financehub.webhooks import rates, waking
from financehub.webhooks.models import WebhookAlert, WebhookEvent
from financehub.webhooks.notices import Notice, Source

log = structlog.get_logger()

FIELDS = tuple(WebhookEvent._meta.concrete_fields)
COLUMNS = ", ".join(f'"{field.column}"' for field in FIELDS)
INSERT = (
    f'INSERT INTO "{WebhookEvent._meta.db_table}" ({COLUMNS}) VALUES ({", ".join(["%s"] * len(FIELDS))})'
    ' ON CONFLICT ("source", "external_id") DO NOTHING'
)


@dataclass(frozen=True)
class Stored:
    """The row's key as text, and whether this delivery was the first."""

    event_id: str
    is_new: bool


def store(source: Source, notice: Notice, body: bytes, headers: dict[str, str]) -> Stored:
    """Insert the event unless it is here, and wake the workers. Raises django.db.DatabaseError."""
    event = _row(source, notice, body, headers)
    if not _insert(event):
        return _compare_with_stored(event)
    if event.status == WebhookEvent.Status.RECEIVED:
        transaction.on_commit(waking.ring)
    log.info("webhook_received", source=source.name, type=notice.type, event_id=str(event.pk))
    return Stored(str(event.pk), is_new=True)


def _row(source: Source, notice: Notice, body: bytes, headers: dict[str, str]) -> WebhookEvent:
    at = clock.now()
    digest = source.fingerprint(body, notice)
    oddity = source.oddity_of(notice, at)
    later = None if oddity else rates.wait_until(source.name, notice.type, at)
    return WebhookEvent(
        source=source.name,
        external_id=notice.external_id or f"sha256:{digest}",
        type=notice.type,
        object_key=notice.object_key,
        body=body.decode(),
        body_hash=digest,
        headers=headers,
        vendor_at=notice.vendor_at,
        received_at=at,
        last_error=oddity or ("over the rate limit of its type" if later else ""),
        **_standing(at, later, is_odd=bool(oddity)),
    )


def _standing(at: datetime, later: datetime | None, *, is_odd: bool) -> dict[str, object]:
    """Status and due time: at once, later, or when a person says so."""
    if is_odd:
        return {"status": WebhookEvent.Status.DEFERRED, "due_at": None}
    if later:
        return {"status": WebhookEvent.Status.DEFERRED, "due_at": later}
    return {"status": WebhookEvent.Status.RECEIVED, "due_at": at}


def _insert(event: WebhookEvent) -> bool:
    """Whether the row is new. One statement and no transaction of its own: half the round trips of save()."""
    values = [field.get_db_prep_save(field.pre_save(event, add=True), connection) for field in FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        return bool(cursor.rowcount)


def _compare_with_stored(again: WebhookEvent) -> Stored:
    stored = WebhookEvent.objects.only("body_hash", "type").get(
        source=again.source, external_id=again.external_id
    )
    if stored.body_hash != again.body_hash:
        _raise_alarm(stored, again)
    return Stored(str(stored.pk), is_new=False)


def _raise_alarm(stored: WebhookEvent, again: WebhookEvent) -> None:
    """One row per other content, sealed, for a person to compare."""
    log.error("webhook_same_id_other_content", source=again.source, type=again.type, event_id=str(stored.pk))
    try:
        with transaction.atomic():
            WebhookAlert.objects.create(
                event=stored, body_hash=again.body_hash, body=again.body, created_at=clock.now()
            )
    except IntegrityError:
        return  # this content raised its alarm before
