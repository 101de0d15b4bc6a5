"""What the vendor changed in rows that kept their id: kept beside the row, in the transaction that writes it."""

from collections.abc import Sequence
from datetime import datetime

from financehub.banking.identity.rebinding import SHOWN, changes_between
from financehub.banking.importing import COLUMNS, MappedRow
from financehub.banking.models import Transaction, TransactionChange
from financehub.banking.rowstore_tables import RowOwner

KEPT_PER_QUERY = 500


def keep(owner: RowOwner, rows: Sequence[MappedRow], *, at: datetime) -> None:
    """Before `rows` are written over what is stored: their visible differences."""
    for start in range(0, len(rows), KEPT_PER_QUERY):
        _keep_some(owner, {row.pluggy_id: row for row in rows[start : start + KEPT_PER_QUERY]}, at)


def _keep_some(owner: RowOwner, rows: dict[object, MappedRow], at: datetime) -> None:
    stored = Transaction.objects.of(owner.company_id).filter(pluggy_id__in=list(rows))
    found = [
        TransactionChange(company_id=owner.company_id, transaction=before, at=at, changes=changes)
        for before in stored.only("pluggy_id", *SHOWN)
        if (changes := changes_between(before, _shown(rows[before.pluggy_id])))
    ]
    TransactionChange.objects.bulk_create(found)


def _shown(row: MappedRow) -> Transaction:
    return Transaction(**dict(zip(COLUMNS, row.values, strict=True)))
