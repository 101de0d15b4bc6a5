"""What both databases' row tables share: names of columns, and the small shapes passed around."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from financehub.banking.importing import COLUMNS
from financehub.banking.models import Transaction

TABLE = Transaction._meta.db_table
OWN_COLUMNS = ("id", "company_id", "account_id", "source", "created_at", "is_ignored")
INSERT_COLUMNS = (*OWN_COLUMNS, *COLUMNS)
UPDATED_COLUMNS = tuple(column for column in COLUMNS if column != "pluggy_id")


@dataclass(frozen=True)
class RowOwner:
    """Whose rows they are."""

    company_id: UUID
    account_id: UUID


class Known(msgspec.Struct, frozen=True):
    """A stored row, as far as deciding needs it."""

    content_hash: bytes
    is_withdrawn: bool
    occurred_at: datetime
