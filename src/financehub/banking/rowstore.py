"""Writing a batch of mapped rows: read stored hashes first, write only what differs, count what happened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection

from financehub.banking.identity import changing
from financehub.banking.importing import Incoming, MappedRow, map_rows
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
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def wrote(self) -> bool:
        return bool(self.new or self.changed or self.returned or self.withdrawn or self.queued)


class RowTable(Protocol):
    """What a database must offer for the store."""

    def known(self, owner: RowOwner, ids: Sequence[UUID]) -> dict[UUID, Known]:
        """Stored hashes of these vendor ids."""

    def insert(self, owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> None:
        """Rows that were not there; gone through once more if they are there by now."""

    def update(self, owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> None:
        """Rows that differ or come back; only the vendor's columns change."""


def table() -> RowTable:
    """The fast path of the database in use."""
    return PostgresqlRows() if connection.vendor == "postgresql" else SqliteRows()


@dataclass(frozen=True)
class Stored:
    """The outcome of one batch: its tally, the ids that were known before it, and those that cannot be rows."""

    tally: Tally = field(default_factory=Tally)
    known: dict[UUID, Known] = field(default_factory=dict)
    unreadable: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class _Mapping:
    """Rows that are mapped while they are written, so that the database works meanwhile."""

    rows: Sequence[Incoming]
    unreadable: set[UUID]

    def __iter__(self) -> Iterator[MappedRow]:
        return map_rows(self.rows, unreadable=self.unreadable)


def store(owner: RowOwner, rows: Sequence[Incoming], *, at: datetime) -> Stored:
    """Write a batch inside the caller's transaction; of a row repeated in the batch the last one counts."""
    distinct = {row.pluggy_id: row for row in rows}
    rows_of, unreadable = table(), set[UUID]()
    known = rows_of.known(owner, list(distinct))
    new: list[Incoming] = []
    changed: list[Incoming] = []
    returned: list[Incoming] = []
    for key, row in distinct.items():
        stored = known.get(key)
        if stored is None:
            new.append(row)
        elif stored.is_withdrawn:
            returned.append(row)
        elif stored.content_hash != row.content_hash:
            changed.append(row)
    if new:
        rows_of.insert(owner, _Mapping(new, unreadable), at)
    if changed or returned:
        differing = list(_Mapping(changed, unreadable))
        changing.keep(owner, differing, at=at)
        rows_of.update(owner, [*differing, *_Mapping(returned, unreadable)], at)
    tally = Tally(unchanged=len(distinct) - len(new) - len(changed) - len(returned))
    tally.new, tally.changed, tally.returned = (
        sum(row.pluggy_id not in unreadable for row in rows) for rows in (new, changed, returned)
    )
    tally.read = tally.new + tally.changed + tally.returned + tally.unchanged
    return Stored(tally, known, unreadable)
