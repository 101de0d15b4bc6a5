"""Writing a batch of mapped rows: read stored hashes first, write only what differs, count what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection

from financehub.banking.identity import changing
from financehub.banking.importing import MappedRow
from financehub.banking.rowstore_postgresql import PostgresqlRows
from financehub.banking.rowstore_sqlite import SqliteRows
from financehub.banking.rowstore_tables import Known, RowOwner


@dataclass
class Tally:
    """What became of the rows of one account; field names are those of the receipt."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    returned: int = 0
    queued: int = 0
    known_before: int = 0

    def add(self, other: "Tally") -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    @property
    def wrote(self) -> bool:
        return bool(self.new or self.changed or self.returned or self.withdrawn or self.queued)


class RowTable(Protocol):
    """What a database must offer for the store."""

    def known(self, owner: RowOwner, ids: Sequence[UUID]) -> dict[UUID, Known]:
        """Stored hashes of these vendor ids."""

    def insert(self, owner: RowOwner, rows: Sequence[MappedRow], at: datetime) -> None:
        """Rows that were not there."""

    def update(self, owner: RowOwner, rows: Sequence[MappedRow], at: datetime) -> None:
        """Rows that differ or come back; only the vendor's columns change."""


def table() -> RowTable:
    """The fast path of the database in use."""
    return PostgresqlRows() if connection.vendor == "postgresql" else SqliteRows()


@dataclass(frozen=True)
class Stored:
    """The outcome of one batch: its tally, and the ids that were known before it."""

    tally: Tally
    known: dict[UUID, Known]


def store(owner: RowOwner, rows: Sequence[MappedRow], *, at: datetime) -> Stored:
    """Write a batch inside the caller's transaction; of a row repeated in the batch the last one counts."""
    distinct = list({row.pluggy_id: row for row in rows}.values())
    rows_of = table()
    known = rows_of.known(owner, [row.pluggy_id for row in distinct])
    new = [row for row in distinct if row.pluggy_id not in known]
    returned = [row for row in distinct if row.pluggy_id in known and known[row.pluggy_id].is_withdrawn]
    changed = [row for row in distinct if _differs(row, known.get(row.pluggy_id))]
    if changed:
        changing.keep(owner, changed, at=at)
    if new:
        rows_of.insert(owner, new, at)
    if changed or returned:
        rows_of.update(owner, [*changed, *returned], at)
    tally = Tally(read=len(distinct), new=len(new), changed=len(changed), returned=len(returned))
    tally.unchanged = tally.read - tally.new - tally.changed - tally.returned
    return Stored(tally, known)


def _differs(row: MappedRow, stored: Known | None) -> bool:
    return stored is not None and not stored.is_withdrawn and stored.content_hash != row.content_hash
