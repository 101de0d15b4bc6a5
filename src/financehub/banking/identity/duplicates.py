"""Rows that a person says tell one movement twice: one stays, the others are hidden and stay so at every sync.

A hidden row keeps its own vendor id, so that a sync goes on finding it and brings it no second time. Nothing real is
lost by it: where the bank drops the row that stayed and goes on showing a hidden one, the one that stayed lives on
under that one's id (`carry_on`).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking import manual
from financehub.banking.identity import rebinding
from financehub.banking.identity.deciding import NothingToUndo
from financehub.banking.identity.rebinding import OWN, Binding
from financehub.banking.models import Account, FormerId, MergedRow, Transaction
from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.core.errors import Invalid

MOST = 10
BY_A_PERSON = ("person",)


class NotTheSame(Invalid):
    """Fewer than two rows, too many, hidden ones, or rows that no single movement can be."""

    code = "not_the_same"


def merge(*, company: Company, row_ids: Sequence[UUID], by: Actor) -> Transaction:
    """The row that stays: a posted one of the bank before the rest, one with edits, the oldest. Raises NotTheSame."""
    with transaction.atomic():
        rows = _lock(company, row_ids)
        kept = min(rows, key=_rank)
        hidden = [row for row in rows if row.pk != kept.pk]
        MergedRow.objects.of(company).filter(into__in=hidden).update(into=kept)
        for row in hidden:
            MergedRow.objects.create(
                company=company, transaction=row, into=kept, took=_take(kept, row), merged_at=clock.now()
            )
            manual.delete_transaction(row=row, by=by)
        if kept.edited_at:
            kept.save(update_fields=[*OWN, "edited_at"])
        _tell("company.transactions_merged", kept, by)
    return kept


def part(*, row: Transaction, by: Actor) -> Transaction:
    """A hidden row is a movement of its own again. Raises NothingToUndo for a row that was not merged."""
    with transaction.atomic():
        merged = MergedRow.objects.of(row.company_id).filter(transaction=row).select_for_update().first()
        if merged is None:
            raise NothingToUndo
        kept = Transaction.objects.of(row.company_id).select_for_update(no_key=True).get(pk=merged.into_id)
        given_back = [name for name, value in merged.took.items() if _plain(kept.__dict__[name]) == value]
        for name in given_back:
            setattr(kept, name, None)
        if given_back:
            kept.save(update_fields=given_back)
        merged.delete()
        restored = manual.restore_transaction(row=row, by=by)
        _tell("company.transactions_parted", kept, by)
    return restored


def restore(*, row: Transaction, by: Actor) -> Transaction:
    """Show a hidden row again, whether it was deleted or merged."""
    if MergedRow.objects.of(row.company_id).filter(transaction=row).exists():
        return part(row=row, by=by)
    return manual.restore_transaction(row=row, by=by)


def carry_on(account: Account, *, at: datetime) -> int:
    """Rows that stayed and went at the bank live on as a row that was merged into them and is still there."""
    orphans = MergedRow.objects.of(account.company_id).filter(
        into__account=account,
        into__withdrawn_at__isnull=False,
        into__source=Transaction.Source.VENDOR,
        transaction__withdrawn_at__isnull=True,
        transaction__source=Transaction.Source.VENDOR,
    )
    heirs = dict(orphans.order_by("-merged_at", "-id").values_list("into_id", "transaction_id"))  # the oldest
    for into, heir in heirs.items():
        rows = Transaction.objects.of(account.company_id).filter(pk__in=[into, heir])
        locked = {row.pk: row for row in rows.select_for_update(no_key=True).order_by("pk")}
        locked[heir].deleted_at = None  # it was hidden for this row's sake only
        binding = Binding(locked[into], locked[heir], 0, BY_A_PERSON)
        rebinding.bind([binding], decided_by=FormerId.DecidedBy.PERSON, at=at)
    return len(heirs)


def family_of(company_id: UUID, keys: Sequence[UUID]) -> dict[UUID, UUID]:
    """By row: the row that it and others were merged into; rows that were never merged are left out."""
    merged = MergedRow.objects.of(company_id)
    heads = dict(merged.filter(transaction__in=keys).values_list("transaction_id", "into_id"))
    heads |= {key: key for key in merged.filter(into__in=keys).values_list("into_id", flat=True)}
    return heads


def _lock(company: Company, row_ids: Sequence[UUID]) -> list[Transaction]:
    wanted = set(row_ids)
    if not 2 <= len(wanted) <= MOST:
        raise NotTheSame
    rows = Transaction.objects.of(company).visible().filter(pk__in=wanted)
    locked = list(rows.select_for_update(no_key=True).order_by("pk"))
    if len(locked) != len(wanted) or len({(row.currency, row.amount_cents > 0) for row in locked}) > 1:
        raise NotTheSame
    return locked


def _rank(row: Transaction) -> tuple[object, ...]:
    is_the_banks = row.source == Transaction.Source.VENDOR
    is_posted = row.status == Transaction.Status.POSTED
    return (not is_the_banks, not is_posted, not row.is_edited, row.created_at, row.pk)


def _take(kept: Transaction, row: Transaction) -> dict[str, object]:
    """What a person set on the row and not on the one that stays goes there; what was taken."""
    took = {name: row.__dict__[name] for name in OWN if row.__dict__[name] and not kept.__dict__[name]}
    for name, value in took.items():
        setattr(kept, name, value)
    if took:
        kept.edited_at = clock.now()
    return {name: _plain(value) for name, value in took.items()}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | list) else str(value)


def _tell(action: str, kept: Transaction, by: Actor) -> None:
    record(action, by=by, on=Target("transaction", kept.pk), company_id=kept.company_id)
    events.publish(kept.company_id, "transactions", kept.account_id)
