"""Two accounts that a person had merged are two again, and are not offered to be merged any more.

What the account was before comes back from what the merge wrote down. What the other's Item has brought since goes
with the other account; what a person set on a row stays on it, under the id that it has had all along.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from financehub.audit.recording import Actor, Target, record
from financehub.banking.identity import readers, rebinding
from financehub.banking.identity.deciding import NothingToUndo
from financehub.banking.models import (
    Account,
    AccountMerge,
    CreditCardBill,
    FormerAccountId,
    FormerId,
    Item,
    Rejection,
    ReviewCase,
    ReviewRow,
    Transaction,
)
from financehub.core import clock, events

TAKEN_OVER = (
    "item_id",
    "pluggy_id",
    "balance_cents",
    "balance_at",
    "cursor",
    "name",
    "marketing_name",
    "vendor_updated_at",
)
KEPT = (*TAKEN_OVER, "read_from")
AT_ONCE = 500
WRITTEN_AS_TEXT = (models.DateField, models.UUIDField, models.ForeignKey)  # moments are dates too


def picture(row: models.Model, names: Sequence[str] | None = None) -> dict[str, object]:
    """Columns of a row as JSON, all of them or those named."""
    fields = [it for it in row._meta.concrete_fields if names is None or it.attname in names]
    return {
        field.attname: field.value_to_string(row)
        if isinstance(field, WRITTEN_AS_TEXT) and row.__dict__[field.attname] is not None
        else row.__dict__[field.attname]
        for field in fields
    }


def undo(*, case: ReviewCase, by: Actor) -> Account:
    """The account that comes back. Raises NothingToUndo, AccountIsRead."""
    with transaction.atomic():
        case = ReviewCase.objects.of(case.company_id).select_for_update(no_key=True).get(pk=case.pk)
        merge = AccountMerge.objects.of(case.company_id).filter(case=case, undone_at__isnull=True).first()
        if merge is None or case.status != ReviewCase.Status.ACCEPTED:
            raise NothingToUndo
        before = merge.before["known"]["item_id"]
        accounts = Account.objects.of(case.company_id)
        now = accounts.values_list("item_id", flat=True).get(pk=merge.account_id)
        readers.require_none(case.company_id, {now, before and UUID(str(before))})
        known = accounts.select_for_update(no_key=True).get(pk=merge.account_id)
        other = _part_accounts(known, merge)
        _part_bills(known, other, merge)
        _part_rows(known, other, merge)
        _close_questions(known, other)
        _never_again(case, known, other, by)
        AccountMerge.objects.of(case.company_id).filter(pk=merge.pk).update(undone_at=clock.now())
        target = Target("account", known.pk, {"parted": str(other.pk)})
        record("open_finance.accounts_parted", by=by, on=target, company_id=case.company_id)
        for account in (known, other):
            events.publish(case.company_id, "account", account.pk)
            events.publish(case.company_id, "transactions", account.pk)
        events.publish(case.company_id, "review", case.pk)
    return other


def _part_accounts(known: Account, merge: AccountMerge) -> Account:
    """The known account at its own place of the vendor again; the other where the known one was until now."""
    before = merge.before["known"]
    now = {name: known.__dict__[name] for name in TAKEN_OVER}
    _set(known, before)
    items = Item.objects.of(known.company_id).filter(pk__in=[known.item_id] if known.item_id else [])
    if not items.exists():
        known.item_id = None
    known.read_proofs, known.settled_at = [], clock.now()
    former = FormerAccountId.objects.of(known.company_id).filter(account=known)
    former.filter(pluggy_id=before["pluggy_id"]).delete()
    known.save()
    other = Account(company_id=known.company_id)
    _set(other, merge.before["other"])
    for name, value in now.items():
        setattr(other, name, value)
    other.read_proofs, other.settled_at = [], clock.now()
    other.save(force_insert=True)
    return other


def _part_bills(known: Account, other: Account, merge: AccountMerge) -> None:
    """Bills go where they came from; those that the merge had dropped come back."""
    bills = CreditCardBill.objects.of(known.company_id).filter(account=known)
    bills.filter(Q(pk__in=merge.before["bills_moved"]) | Q(created_at__gt=merge.merged_at)).update(
        account=other
    )
    for kept in merge.before["bills_gone"]:
        bill = CreditCardBill()
        _set(bill, kept)
        bill.save(force_insert=True)


def _part_rows(known: Account, other: Account, merge: AccountMerge) -> None:
    """Bound rows are two again; the others' go to the other; what the merge had parked is there again."""
    rows = Transaction.objects.of(known.company_id).filter(account=known)
    rows.filter(source=Transaction.Source.VENDOR, created_at__gt=merge.merged_at).update(account=other)
    for keys in _chunks(merge.before["moved"]):
        rows.filter(pk__in=keys).update(account=other)
    _part_bound(known, other, merge)
    for keys in _chunks(merge.before["parked"]):
        rows.filter(pk__in=keys, withdrawn_at=merge.merged_at).update(
            withdrawn_at=None, changed_at=clock.now()
        )


def _part_bound(known: Account, other: Account, merge: AccountMerge) -> None:
    """By the first binding of each row since: what it has been from then on is a row of the other account."""
    formers = FormerId.objects.of(known.company_id).filter(
        transaction__account=known, replaced_at__gte=merge.merged_at
    )
    first = {former.transaction_id: former for former in formers.order_by("-replaced_at", "-id")}
    for keys in _chunks(list(first)):
        rows = Transaction.objects.of(known.company_id).filter(pk__in=keys)
        locked = list(rows.select_for_update(no_key=True).order_by("pk"))
        came = [_come_apart(row, first[row.pk], known, other, merge) for row in locked]
        formers.filter(pk__in=[first[key].pk for key in keys]).delete()
        rebinding.write(locked)
        Transaction.objects.bulk_create(came)
        for row, copy in zip(locked, came, strict=True):
            formers.filter(transaction=row).update(transaction=copy)


def _come_apart(
    row: Transaction, former: FormerId, known: Account, other: Account, merge: AccountMerge
) -> Transaction:
    """The other's row, made of what this one has become; this one is as it was."""
    copy = rebinding.part(row, former)
    copy.account_id, copy.withdrawn_at = other.pk, row.withdrawn_at
    rebinding.restore(row, former.snapshot)
    row.account_id, row.changed_at = known.pk, clock.now()
    row.withdrawn_at = None if former.withdrawn_at == merge.merged_at else former.withdrawn_at
    return copy


def _close_questions(known: Account, other: Account) -> None:
    """Questions that set rows of the one against rows of the other ask nothing any more."""
    across = ReviewRow.objects.of(known.company_id).filter(
        case__account=known, case__status=ReviewCase.Status.OPEN, transaction__account=other
    )
    for case in ReviewCase.objects.of(known.company_id).filter(pk__in=across.values("case")):
        case.move_to(ReviewCase.Status.CLOSED, decided_at=clock.now())


def _never_again(case: ReviewCase, known: Account, other: Account, by: Actor) -> None:
    refusal = Rejection(
        company_id=case.company_id, kind=case.kind, left=known.pk, right=other.pk, created_at=clock.now()
    )
    Rejection.objects.bulk_create([refusal], ignore_conflicts=True)
    case.move_to(ReviewCase.Status.REJECTED, decided_at=clock.now(), decided_by=by.id)
    ReviewCase.objects.of(case.company_id).filter(pk=case.pk).update(other_account=other)


def _set(row: models.Model, kept: dict[str, object]) -> None:
    for field in row._meta.concrete_fields:
        if field.attname in kept:
            value = kept[field.attname]
            setattr(
                row, field.attname, field.to_python(value) if isinstance(field, WRITTEN_AS_TEXT) else value
            )


def _chunks(keys: Sequence[object]) -> Iterator[list[UUID]]:
    for start in range(0, len(keys), AT_ONCE):
        yield [UUID(str(key)) for key in keys[start : start + AT_ONCE]]
