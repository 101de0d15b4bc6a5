"""Rows on PostgreSQL: binary COPY straight in for new rows, through a temporary table for changed ones."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from psycopg import Cursor
from psycopg.errors import UniqueViolation
from psycopg.types.string import BytesBinaryDumper

from financehub.banking.importing import MappedRow
from financehub.banking.rowstore_tables import INSERT_COLUMNS, TABLE, UPDATED_COLUMNS, Known, RowOwner
from financehub.core.ids import new_quick_id, quick

STAGE = "incoming_transactions"
COLUMN_TYPES = {
    "id": "uuid",
    "company_id": "uuid",
    "account_id": "uuid",
    "source": "varchar",
    "created_at": "timestamptz",
    "is_ignored": "bool",
    "pluggy_id": "uuid",
    "content_hash": "bytea",
    "type": "varchar",
    "status": "varchar",
    "amount_cents": "int8",
    "currency": "varchar",
    "original_amount": "varchar",
    "original_currency": "varchar",
    "date": "date",
    "occurred_at": "timestamptz",
    "day_order": "int4",
    "description": "text",
    "provider_id": "text",
    "category_id": "varchar",
    "operation_type": "varchar",
    "payment_method": "varchar",
    "counterparty_name": "text",
    "counterparty_index": "varchar",
    "merchant_name": "text",
    "running_balance_cents": "int8",
    "installment_number": "int4",
    "total_installments": "int4",
    "card_last4": "varchar",
    "bill_pluggy_id": "varchar",
    "details": "bytea",
    "vendor_created_at": "timestamptz",
    "vendor_updated_at": "timestamptz",
}
TYPES = [COLUMN_TYPES[column] for column in INSERT_COLUMNS]
NAMES = ", ".join(INSERT_COLUMNS)
ASSIGNMENTS = ", ".join(f"{column} = EXCLUDED.{column}" for column in UPDATED_COLUMNS)

SELECT_KNOWN = (
    f"SELECT pluggy_id, content_hash, withdrawn_at IS NOT NULL, occurred_at FROM {TABLE} "
    "WHERE company_id = %s AND pluggy_id = ANY(%s::uuid[])"
)
CREATE_STAGE = (
    f"CREATE TEMPORARY TABLE IF NOT EXISTS {STAGE} (LIKE {TABLE} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS"
)
UPSERT = (
    f"INSERT INTO {TABLE} ({NAMES}) SELECT {NAMES} FROM {STAGE} "
    f"ON CONFLICT (company_id, pluggy_id) DO UPDATE SET {ASSIGNMENTS}, withdrawn_at = NULL, changed_at = %s "
    f"WHERE {TABLE}.content_hash IS DISTINCT FROM EXCLUDED.content_hash OR {TABLE}.withdrawn_at IS NOT NULL"
)


class PostgresqlRows:
    """The table of transactions, by COPY."""

    def known(self, owner: RowOwner, ids: Sequence[UUID]) -> dict[UUID, Known]:
        keys = f"{{{','.join(map(str, ids))}}}"
        connection.ensure_connection()  # the driver's own cursor: Django's reads times in Python
        with Cursor(connection.connection) as cursor:
            cursor.execute(SELECT_KNOWN, [owner.company_id, keys], binary=True)
            return {key: Known(*stored) for key, *stored in cursor.fetchall()}

    def insert(self, owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> None:
        """Straight into the table; if somebody else inserted one of them meanwhile, as an upsert."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                _copy(cursor.cursor, TABLE, _records(owner, rows, at))
        except UniqueViolation:
            self.update(owner, rows, at)

    def update(self, owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute(CREATE_STAGE)
            cursor.execute(f"DELETE FROM {STAGE}")
            _copy(cursor.cursor, STAGE, _records(owner, rows, at))
            cursor.execute(UPSERT, [at])


def _records(owner: RowOwner, rows: Iterable[MappedRow], at: datetime) -> Iterable[tuple[object, ...]]:
    own = (quick(owner.company_id), quick(owner.account_id), "vendor", at, False)
    for row in rows:
        yield (new_quick_id(), *own, *row.values)


def _copy(cursor: Cursor, table: str, records: Iterable[tuple[object, ...]]) -> None:
    cursor.adapters.register_dumper(bytes, BytesBinaryDumper)  # in C; that of bytea would be Python
    with cursor.copy(f"COPY {table} ({NAMES}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(TYPES)
        for record in records:
            copy.write_row(record)
