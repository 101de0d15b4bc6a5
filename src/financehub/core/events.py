"""The resumable log behind live screens: a row in the transaction of the change, a wake-up on commit."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from financehub.core import clock, wakeups
from financehub.core.models import Event, EventCounter


def publish(company_id: UUID, topic: str, object_id: UUID | str) -> None:
    """Say that an object of a company changed; call it inside the transaction of the change."""
    with transaction.atomic(savepoint=False):  # a number without its event would be a hole in the log
        number = _next_number(company_id)
        Event.objects.create(
            company_id=company_id,
            number=number,
            topic=topic,
            object_id=str(object_id),
            created_at=clock.now(),
        )
        transaction.on_commit(partial(wakeups.ring, company_id))


def _next_number(company_id: UUID) -> int:
    table = EventCounter._meta.db_table
    key = EventCounter._meta.pk.get_db_prep_value(company_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (company_id, last) VALUES (%s, 1) "
            f"ON CONFLICT (company_id) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [key],
        )
        return int(cursor.fetchone()[0])


def after(company_id: UUID, number: int, *, limit: int = 200) -> list[Event]:
    """A company's events past `number`, in order."""
    return list(Event.objects.filter(company_id=company_id, number__gt=number).order_by("number")[:limit])


def forget_before(moment: datetime) -> int:
    """Drop what no page can still be waiting for; how many. Numbers go on where they stood."""
    gone, _ = Event.objects.filter(created_at__lt=moment).delete()
    return gone


def last_number(company_id: UUID) -> int:
    """The number of a company's newest event, 0 when there is none."""
    counter = EventCounter.objects.filter(pk=company_id).first()
    return counter.last if counter else 0
