"""Binding: a known row takes over the vendor's columns and id of the row that came, which goes; and undoing it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from financehub.banking.importing import COLUMNS
from financehub.banking.models import FormerId, MergedRow, Transaction, TransferPair
from financehub.core import clock

SHOWN = ("amount_cents", "date", "description", "status", "category_id", "installment_number")
OWN = ("own_category_id", "own_description", "own_note", "own_tags", "own_bill_month")
SET_BY_A_PERSON = (*OWN, "is_ignored", "edited_at", "deleted_at")
WRITTEN = (*COLUMNS, *SET_BY_A_PERSON, "account_id", "withdrawn_at", "changed_at")
FIELDS = [field for field in Transaction._meta.concrete_fields if field.attname in WRITTEN]
ASSIGNMENTS = ", ".join(f"{field.column} = %s" for field in FIELDS)
UPDATE = f"UPDATE {Transaction._meta.db_table} SET {ASSIGNMENTS} WHERE id = %s"


@dataclass(frozen=True)
class Binding:
    """`old` is what `new` is; both rows are locked by the caller."""

    old: Transaction
    new: Transaction
    score: int
    reasons: Sequence[str]


def bind(bindings: Sequence[Binding], *, decided_by: str, at: datetime | None = None) -> None:
    """Inside the caller's transaction: history, the new rows gone, the old rows under the new ids."""
    if not bindings:
        return
    at = at or clock.now()
    company_id = bindings[0].old.company_id
    first_seen = _first_seen(company_id, [binding.old for binding in bindings])
    reclaimed = [vendor_id(binding.new) for binding in bindings]
    FormerId.objects.of(company_id).filter(pluggy_id__in=reclaimed).delete()
    FormerId.objects.bulk_create(
        [_history(binding, first_seen[binding.old.pk], decided_by, at) for binding in bindings]
    )
    _keep_pairs(company_id, bindings)
    _keep_merged(company_id, bindings)
    Transaction.objects.of(company_id).filter(pk__in=[binding.new.pk for binding in bindings]).delete()
    for binding in bindings:
        _take_over(binding.old, binding.new, at)
    write([binding.old for binding in bindings])


def vendor_id(row: Transaction) -> UUID:
    """The vendor's id of one of the vendor's rows, which a constraint says is there."""
    if row.pluggy_id is None:
        raise ValueError(f"{row} is not the vendor's")
    return row.pluggy_id


def write(rows: Sequence[Transaction]) -> None:
    """Every column that binding may change, of rows that are there."""
    key = Transaction._meta.pk
    with connection.cursor() as cursor:
        cursor.executemany(
            UPDATE,
            [
                [
                    *(field.get_db_prep_save(row.__dict__[field.attname], connection) for field in FIELDS),
                    key.get_db_prep_save(row.pk, connection),
                ]
                for row in rows
            ],
        )


def _keep_pairs(company_id: UUID, bindings: Sequence[Binding]) -> None:
    """A pair that the new row is in becomes the old row's, unless that has one."""
    olds = {binding.new.pk: binding.old.pk for binding in bindings}
    for side in ("sent_id", "received_id"):
        pairs = TransferPair.objects.of(company_id)
        taken = set(pairs.filter(**{f"{side}__in": list(olds.values())}).values_list(side, flat=True))
        for pair in pairs.filter(**{f"{side}__in": list(olds)}):
            old = olds[pair.__dict__[side]]
            if old not in taken:
                pairs.filter(pk=pair.pk).update(**{side: old})


def _keep_merged(company_id: UUID, bindings: Sequence[Binding]) -> None:
    """Rows merged into the new row are merged into the old one; one that was hidden hides the old one."""
    merged = MergedRow.objects.of(company_id)
    olds = {binding.new.pk: binding.old.pk for binding in bindings}
    for row in merged.filter(into__in=list(olds)).exclude(transaction__in=list(olds.values())):
        merged.filter(pk=row.pk).update(into=olds[row.into_id])
    hidden = set(merged.filter(transaction__in=list(olds.values())).values_list("transaction_id", flat=True))
    for row in merged.filter(transaction__in=list(olds)):
        if olds[row.transaction_id] not in hidden | {row.into_id}:
            merged.filter(pk=row.pk).update(transaction=olds[row.transaction_id])


def _first_seen(company_id: UUID, olds: Sequence[Transaction]) -> dict[UUID, datetime]:
    """Since when each row has had the id it is about to lose."""
    bound = FormerId.objects.of(company_id).filter(transaction__in=[old.pk for old in olds])
    latest = dict(bound.order_by("replaced_at").values_list("transaction_id", "replaced_at"))
    return {old.pk: latest.get(old.pk, old.created_at) for old in olds}


def _history(binding: Binding, first_seen_at: datetime, decided_by: str, at: datetime) -> FormerId:
    old, new = binding.old, binding.new
    return FormerId(
        company_id=old.company_id,
        transaction=old,
        pluggy_id=vendor_id(old),
        first_seen_at=first_seen_at,
        withdrawn_at=old.withdrawn_at or at,
        replaced_at=at,
        replaced_by=vendor_id(new),
        absorbed_id=new.pk,
        score=binding.score,
        reasons=list(binding.reasons),
        decided_by=decided_by,
        changes=changes_between(old, new),
        snapshot={
            **snapshot(old),
            "came": _as_text(new, SET_BY_A_PERSON),
            "took": [name for name in SET_BY_A_PERSON if new.__dict__[name] and not old.__dict__[name]],
        },
    )


def changes_between(old: Transaction, new: Transaction) -> dict[str, list[object]]:
    """What a person could see differ: column: [before, after], JSON-ready."""
    return {
        name: [_plain(old.__dict__[name]), _plain(new.__dict__[name])]
        for name in SHOWN
        if old.__dict__[name] != new.__dict__[name]
    }


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else str(value)


def _take_over(old: Transaction, new: Transaction, at: datetime) -> None:
    """The vendor's columns of `new`; what a person set on `new` only where `old` has nothing."""
    for name in (*COLUMNS, "account_id"):
        setattr(old, name, new.__dict__[name])
    for name in SET_BY_A_PERSON:
        setattr(old, name, old.__dict__[name] or new.__dict__[name])
    old.withdrawn_at, old.changed_at = None, at


def snapshot(row: Transaction) -> dict[str, object]:
    """The vendor's columns and the account, to be sealed; bytes as base64, the rest by Django's own text form."""
    return _as_text(row, (*COLUMNS, "account_id"))


def _as_text(row: Transaction, names: Sequence[str]) -> dict[str, object]:
    fields = {field.attname: field for field in FIELDS if field.attname in names}
    return {
        name: base64.b64encode(bytes(row.__dict__[name])).decode()
        if isinstance(row.__dict__[name], bytes | memoryview)
        else field.value_to_string(row) if row.__dict__[name] is not None else None
        for name, field in fields.items()
    }  # fmt: skip


def copy_of(row: Transaction, *, key: UUID, created_at: datetime) -> Transaction:
    """A row of its own with the vendor's columns of this one; nothing of what a person set."""
    columns = {name: row.__dict__[name] for name in (*COLUMNS, "account_id")}
    return Transaction(pk=key, company_id=row.company_id, source=row.source, created_at=created_at, **columns)


def part(row: Transaction, former: FormerId) -> Transaction:
    """The row that had gone into this one, with what a person had set on it, which this one gives back. Not saved."""
    came = copy_of(row, key=former.absorbed_id, created_at=former.replaced_at)
    restore(came, former.snapshot.get("came", {}))
    empty = {field.attname: field.get_default() for field in FIELDS}
    for name in former.snapshot.get("took", ()):
        if row.__dict__[name] == came.__dict__[name]:  # else a person has changed it since
            setattr(row, name, empty[name])
    return came


def give_back(row: Transaction, shown: Transaction, former: FormerId) -> None:
    """The row takes its former id back, as the bank shows it now; what it had become is a row of its own again."""
    came = part(row, former)
    Transaction.objects.of(row.company_id).filter(pk=shown.pk).delete()
    for name in (*COLUMNS, "account_id"):
        setattr(row, name, shown.__dict__[name])
    former.delete()
    write([row])
    came.save(force_insert=True)


def restore(row: Transaction, kept: dict[str, object]) -> None:
    """Set the columns of a snapshot on the row."""
    binary = {"content_hash", "details"}
    for field in FIELDS:
        if field.attname in kept:
            value = kept[field.attname]
            if value is not None:
                value = base64.b64decode(str(value)) if field.attname in binary else field.to_python(value)
            setattr(row, field.attname, value)
