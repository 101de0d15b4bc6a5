"""After a rotation: every sealed value of the database sealed again with the active key, a batch at a time.

A value names the key that sealed it, so what is left to do is read from the rows: it may be stopped and run again at
any time, and beside a working product: a value that changes meanwhile is left to its writer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from financehub.core import crypto
from financehub.core.crypto import KeyRing, Undecipherable
from financehub.core.fields import SealedJSONField, SealedTextField

BATCH = 500
PREFIX_BYTES = 1 + crypto.KEY_ID_BYTES
SEALED = (SealedTextField, SealedJSONField)


@dataclass(frozen=True)
class Column:
    """A column that holds sealed values."""

    table: str
    key: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


@dataclass(frozen=True)
class Tally:
    """What became of a column's values that another key had sealed; `closed` are those no key of the ring opens."""

    where: str
    resealed: int
    closed: int


def reseal(ring: KeyRing, *, tell: Callable[[Tally], None], batch: int = BATCH) -> list[Tally]:
    """Every column; `tell` hears after each batch what was done so far."""
    return [_reseal(column, ring, tell, batch) for column in columns(ring)]


def columns(ring: KeyRing) -> Iterator[Column]:
    """Those of sealed fields, and binary ones whose values are sealed by hand: they begin as this ring's do."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            column = Column(model._meta.db_table, str(model._meta.pk.column), str(field.column))
            is_bytes = isinstance(field, models.BinaryField)
            if isinstance(field, SEALED) or (is_bytes and _holds(column, ring.prefixes)):
                yield column


def _holds(column: Column, prefixes: list[bytes]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {column.table} WHERE {_begins(column, prefixes)} LIMIT 1", prefixes)
        return cursor.fetchone() is not None


def _begins(column: Column, prefixes: list[bytes], *, otherwise: bool = False) -> str:
    places = ", ".join(["%s"] * len(prefixes))
    return f"substr({column.name}, 1, {PREFIX_BYTES}) {'NOT ' if otherwise else ''}IN ({places})"


def _reseal(column: Column, ring: KeyRing, tell: Callable[[Tally], None], batch: int) -> Tally:
    """Rows in the order of their keys, so that values nobody can open are passed once and not met again."""
    resealed, closed = 0, 0
    last: Any = None
    while rows := _stale(column, ring, last, batch):
        done, shut = _reseal_rows(column, ring, rows)
        resealed, closed, last = resealed + done, closed + shut, rows[-1][0]
        tell(Tally(str(column), resealed, closed))
    return Tally(str(column), resealed, closed)


def _stale(column: Column, ring: KeyRing, last: Any, batch: int) -> list[tuple[Any, bytes]]:
    active = ring.prefixes[:1]
    after = f"AND {column.key} > %s" if last is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column.key}, {column.name} FROM {column.table} "
            f"WHERE {column.name} IS NOT NULL AND {_begins(column, active, otherwise=True)} {after} "
            f"ORDER BY {column.key} LIMIT {batch}",
            active if last is None else [*active, last],
        )
        return [(key, bytes(value)) for key, value in cursor.fetchall()]


def _reseal_rows(column: Column, ring: KeyRing, rows: list[tuple[Any, bytes]]) -> tuple[int, int]:
    """How many were sealed again, and how many nobody can open."""
    resealed, closed = 0, 0
    with transaction.atomic(), connection.cursor() as cursor:
        for key, value in rows:
            try:
                fresh = ring.seal(ring.open(value))
            except Undecipherable:
                closed += 1
                continue
            same = f"{column.key} = %s AND {column.name} = %s"
            cursor.execute(f"UPDATE {column.table} SET {column.name} = %s WHERE {same}", [fresh, key, value])
            resealed += cursor.rowcount
    return resealed, closed
