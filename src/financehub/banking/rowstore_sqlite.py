"""Rows on SQLite: one executemany with the same guard."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from financehub.banking.importing import MappedRow
from financehub.banking.rowstore_tables import INSERT_COLUMNS, TABLE, UPDATED_COLUMNS, Known, RowOwner
from financehub.core.ids import new_quick_id

NAMES = ", ".join(INSERT_COLUMNS)
MARKS = ", ".join("?" for _ in INSERT_COLUMNS)
ASSIGNMENTS = ", ".join(f"{column} = excluded.{column}" for column in UPDATED_COLUMNS)
UPSERT = (
    f"INSERT INTO {TABLE} ({NAMES}) VALUES ({MARKS}) "
    f"ON CONFLICT (company_id, pluggy_id) DO UPDATE SET {ASSIGNMENTS}, withdrawn_at = NULL, "
    "changed_at = excluded.created_at "
    f"WHERE {TABLE}.content_hash IS NOT excluded.content_hash OR {TABLE}.withdrawn_at IS NOT NULL"
)
IDS_PER_QUERY = 500
TEXTS: dict[type, Callable[[Any], str]] = {
    UUID: lambda key: key.hex,
    datetime: lambda moment: str(moment.astimezone(UTC).replace(tzinfo=None)),
    date: date.isoformat,
}


class SqliteRows:
    """The table of transactions, by executemany. Values are written as Django's own backend would."""

    def known(self, owner: RowOwner, ids: Sequence[UUID]) -> dict[UUID, Known]:
        found: dict[UUID, Known] = {}
        with connection.cursor() as cursor:
            for chunk in _chunks(ids):
                marks = ", ".join("%s" for _ in chunk)
                cursor.execute(
                    f"SELECT pluggy_id, content_hash, withdrawn_at IS NOT NULL, occurred_at FROM {TABLE} "
                    f"WHERE company_id = %s AND pluggy_id IN ({marks})",
                    [owner.company_id.hex, *(key.hex for key in chunk)],
                )
                for key, content_hash, is_withdrawn, occurred_at in cursor.fetchall():
                    found[UUID(key)] = Known(bytes(content_hash), bool(is_withdrawn), _moment(occurred_at))
        return found

    def insert(self, owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> None:
        connection.ensure_connection()
        connection.connection.executemany(UPSERT, _records(owner, rows, at))

    def update(self, owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> None:
        self.insert(owner, rows, at)


def _chunks(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + IDS_PER_QUERY] for start in range(0, len(ids), IDS_PER_QUERY))


def _records(owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> Iterable[tuple[object, ...]]:
    own = (owner.company_id.hex, owner.account_id.hex, "vendor", _text(at), 0)
    for row in rows:
        yield (new_quick_id().hex, *own, *map(_text, row.values))


def _text(value: object) -> object:
    text = TEXTS.get(type(value))
    return text(value) if text else value


def _moment(value: str | datetime) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
