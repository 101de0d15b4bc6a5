"""The same account through two Items: noticed, offered, and on a person's word merged for good.

The account that was here first stays, with everything a person knows it by; it takes over the other's vendor id
and Item. Its rows take over the other's: by the bank's own ids, then by fingerprint, then by evidence. What the
new Item does not show within its days is parked, with its edits; what is older stays.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from financehub.audit.recording import Actor, Target, record
from financehub.banking.identity import fingerprints, readers, rebinding, reviewing, unmerging
from financehub.banking.identity.clues import clue_of
from financehub.banking.identity.deciding import NotOffered
from financehub.banking.identity.fingerprints import Placed
from financehub.banking.identity.matching import Matching, match
from financehub.banking.identity.rebinding import Binding
from financehub.banking.models import (
    Account,
    AccountMerge,
    CreditCardBill,
    FormerAccountId,
    FormerId,
    Rejection,
    ReviewCase,
    Transaction,
)
from financehub.core import clock, events

SCORE = 90
FieldsT = TypeVar("FieldsT")
Rows = dict[UUID, Transaction]


def offer(account: Account) -> None:
    """Ask whether an account that was just read for the first time is one that was here already."""
    known = _twin(account)
    if known is None:
        return
    refused = Rejection.objects.of(account.company_id).filter(kind=ReviewCase.Kind.SAME_ACCOUNT)
    cases = ReviewCase.objects.of(account.company_id).filter(kind=ReviewCase.Kind.SAME_ACCOUNT)
    if (
        refused.filter(left=known.pk, right=account.pk).exists()
        or cases.filter(other_account=account).exists()
    ):
        return
    case = ReviewCase.objects.create(
        company_id=account.company_id,
        kind=ReviewCase.Kind.SAME_ACCOUNT,
        subject=str(account.pk),
        account=known,
        other_account=account,
        score=SCORE,
        reasons=["same_number", "same_document", "same_institution"],
        opened_at=clock.now(),
    )
    events.publish(account.company_id, "review", case.pk)


def without_merged(company_id: UUID, listed: Mapping[UUID, FieldsT]) -> dict[UUID, FieldsT]:
    """What an Item lists, less the ids that a person has merged away: they are no accounts of their own."""
    merged = FormerAccountId.objects.of(company_id).filter(pluggy_id__in=list(listed))
    gone = set(merged.values_list("pluggy_id", flat=True))
    return {key: fields for key, fields in listed.items() if key not in gone}


def merge(*, case: ReviewCase, by: Actor) -> Account:
    """One account from now on. Raises NotOffered when the question is no longer open, AccountIsRead."""
    with transaction.atomic():
        case = ReviewCase.objects.of(case.company_id).select_for_update(no_key=True).get(pk=case.pk)
        is_open = case.status == ReviewCase.Status.OPEN and case.kind == ReviewCase.Kind.SAME_ACCOUNT
        if not is_open or case.account_id is None or case.other_account_id is None:
            raise NotOffered
        both = Account.objects.of(case.company_id).filter(pk__in=[case.account_id, case.other_account_id])
        readers.require_none(case.company_id, both.values_list("item_id", flat=True))
        found = {account.pk: account for account in both.select_for_update(no_key=True).order_by("pk")}
        known, other = found[case.account_id], found[case.other_account_id]
        other_id = other.pk
        at = clock.now()
        case.move_to(ReviewCase.Status.ACCEPTED, decided_at=at, decided_by=by.id)
        ReviewCase.objects.of(case.company_id).filter(pk=case.pk).update(other_account=None)
        before = {
            "known": unmerging.picture(known, unmerging.KEPT),
            "other": unmerging.picture(other),
            **_merge_rows(known, other, at),
            **_take_over(known, other, at),
        }
        AccountMerge.objects.of(case.company_id).filter(case=case).delete()  # merged once more
        AccountMerge.objects.create(
            company_id=case.company_id,
            account=known,
            case=case,
            other_id=other_id,
            before=before,
            merged_at=at,
        )
        target = Target("account", known.pk, {"merged": str(other_id)})
        record("open_finance.accounts_merged", by=by, on=target, company_id=case.company_id)
        events.publish(case.company_id, "account", known.pk)
        events.publish(case.company_id, "transactions", known.pk)
    return known


def _twin(account: Account) -> Account | None:
    """The same number, holder and institution through another Item; the oldest."""
    if not account.number_index or not account.document_index or account.item is None:
        return None
    mine = Q(item=account.item)
    same = Account.objects.of(account.company_id).filter(
        Q(type=account.type, currency=account.currency, number_index=account.number_index),
        document_index=account.document_index,
        item__connector_id=account.item.connector_id,
        name=account.name,
    )
    return same.exclude(pk=account.pk).exclude(mine).order_by("created_at").first()


def _merge_rows(known: Account, other: Account, at: datetime) -> dict[str, object]:
    """Bind and park; which rows were moved and which parked."""
    olds, news = _rows_from(known, other), _rows(other)
    placed = [_placed(rows, account) for rows, account in ((olds, known), (news, other))]
    found = fingerprints.pairs(*placed)
    bindings = [Binding(olds[old], news[new], SCORE, [reason]) for old, new, reason in found]
    taken = {key for old, new, _ in found for key in (old, new)}
    rest = [[one.clue for one in side if one.clue.key not in taken] for side in placed]
    matching = match(*rest, allowed=lambda _old, _new: True) if all(rest) else Matching()
    bindings += [Binding(olds[it.old], news[it.new], it.score, it.reasons) for it in matching.matches]
    rebinding.bind(bindings, decided_by=FormerId.DecidedBy.PERSON, at=at)
    moved = Transaction.objects.of(known.company_id).filter(account=other)
    bound = {binding.old.pk for binding in bindings}
    keys = [str(key) for key in moved.values_list("pk", flat=True) if key not in bound]
    moved.update(account=known)
    parked = _park_unseen(known, olds, bindings, at)
    questions = [
        reviewing.Question(list(group.olds), list(group.candidates))
        for group in matching.groups
        if group.candidates and any(olds[key].is_edited for key in group.olds)
    ]
    reviewing.ask(known, questions, rows=olds | news, at=at)
    return {"moved": keys, "parked": [str(key) for key in parked]}


def _rows(account: Account) -> Rows:
    rows = Transaction.objects.of(account.company_id).filter(account=account)
    return {
        row.pk: row for row in rows.filter(source=Transaction.Source.VENDOR).select_for_update(no_key=True)
    }


def _rows_from(known: Account, other: Account) -> Rows:
    """The known account's rows of the days that the other has read."""
    first = other.read_from
    return {key: row for key, row in _rows(known).items() if first is None or row.date >= first}


def _placed(rows: Rows, account: Account) -> list[Placed]:
    for row in rows.values():
        row.account = account
    return [Placed(clue_of(row), row.day_order or 0, row.occurred_at) for row in rows.values()]


def _park_unseen(known: Account, olds: Rows, bindings: list[Binding], at: datetime) -> list[UUID]:
    bound = {binding.old.pk for binding in bindings}
    unseen = [key for key, row in olds.items() if key not in bound and row.withdrawn_at is None]
    for start in range(0, len(unseen), unmerging.AT_ONCE):
        keys = unseen[start : start + unmerging.AT_ONCE]
        rows = Transaction.objects.of(known.company_id).filter(pk__in=keys)
        rows.update(withdrawn_at=at, changed_at=at)
    return unseen


def _vendor_id(account: Account) -> UUID:
    if account.pluggy_id is None:
        raise ValueError(f"{account} is not the vendor's")
    return account.pluggy_id


def _take_over(known: Account, other: Account, at: datetime) -> dict[str, object]:
    """The other's place at the vendor; bills that both have stay once. Which bills went and which were moved."""
    bills = CreditCardBill.objects.of(known.company_id)
    newer = bills.filter(account=other)
    gone = bills.filter(account=known, due_date__in=newer.values("due_date"))
    of_bills = {
        "bills_gone": [unmerging.picture(bill) for bill in gone],
        "bills_moved": [str(key) for key in newer.values_list("pk", flat=True)],
    }
    gone.delete()
    newer.update(account=known)
    FormerAccountId.objects.create(
        company_id=known.company_id, account=known, pluggy_id=_vendor_id(known), replaced_at=at
    )
    Account.objects.of(known.company_id).filter(pk=other.pk).delete()
    for name in unmerging.TAKEN_OVER:
        setattr(known, name, other.__dict__[name])
    known.read_from = min(filter(None, (known.read_from, other.read_from)), default=None)
    known.read_proofs, known.settled_at = [], at
    known.save()
    return of_bills
