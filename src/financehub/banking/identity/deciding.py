"""A person's word on a question: this row is that one, none of these, or take it back. Remembered for ever."""

from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking.identity import rebinding, reviewing
from financehub.banking.identity.rebinding import Binding
from financehub.banking.models import FormerId, Rejection, ReviewCase, ReviewRow, Transaction, TransferPair
from financehub.core import clock, events
from financehub.core.errors import Conflict, Invalid


class NotOffered(Invalid):
    """The question does not offer this row."""

    code = "not_offered"


class NothingToUndo(Conflict):
    """There is nothing to take back, or it has moved on since."""

    code = "nothing_to_undo"


def choose(*, case: ReviewCase, old_id: UUID, new_id: UUID, by: Actor) -> ReviewCase:
    """The parked row is this candidate. The case stays open while other parked rows wait in it."""
    with transaction.atomic():
        case = _lock_open(case)
        if case.kind != ReviewCase.Kind.REKEYED:
            raise NotOffered
        offer = _candidates(case).filter(of=old_id, transaction=new_id).first()
        if offer is None:
            raise NotOffered
        old, new = _lock_rows(case.company_id, old_id, new_id)
        if old.withdrawn_at is None or new.withdrawn_at is not None:
            raise NotOffered
        reasons = [*offer.reasons, "person"]
        rebinding.bind(
            [Binding(old, new, offer.score, reasons)], decided_by=FormerId.DecidedBy.PERSON, at=clock.now()
        )
        if not reviewing.others_wait(case, old_id):
            case.move_to(ReviewCase.Status.ACCEPTED, decided_at=clock.now(), decided_by=by.id)
        _tell("open_finance.review_accepted", case, by, Target("transaction", old_id, {"score": offer.score}))
    return case


def refuse(*, case: ReviewCase, by: Actor) -> ReviewCase:
    """None of the candidates, and never again; the edits stay on the parked rows."""
    with transaction.atomic():
        case = _lock_open(case)
        _never_again(case.company_id, case.kind, _pairs(case))
        case.move_to(ReviewCase.Status.REJECTED, decided_at=clock.now(), decided_by=by.id)
        _tell("open_finance.review_rejected", case, by, Target("review_case", case.pk))
    return case


def reopen(*, case: ReviewCase, by: Actor) -> ReviewCase:
    """Take a decision back: what was bound by it is parted, what was refused may be chosen again."""
    with transaction.atomic():
        case = ReviewCase.objects.of(case.company_id).select_for_update(no_key=True).get(pk=case.pk)
        if case.status == ReviewCase.Status.ACCEPTED:
            _part_chosen(case)
        elif case.status == ReviewCase.Status.REJECTED:
            for left, right in _pairs(case):
                Rejection.objects.of(case.company_id).filter(kind=case.kind, left=left, right=right).delete()
        else:
            raise NothingToUndo
        case.move_to(ReviewCase.Status.OPEN, decided_at=None, decided_by=None)
        _tell("open_finance.review_reopened", case, by, Target("review_case", case.pk))
    return case


def part(*, row: Transaction, by: Actor) -> Transaction:
    """Undo the last binding of a row, by whomever: both rows are as they were, and never bound again."""
    with transaction.atomic():
        parted = _part(row.company_id, row.pk)
        _never_again(row.company_id, ReviewCase.Kind.REKEYED, [(row.pk, parted.pk)])
        target = Target("transaction", row.pk)
        record("open_finance.rebinding_undone", by=by, on=target, company_id=row.company_id)
        events.publish(row.company_id, "transactions", row.account_id)
    return parted


def _never_again(company_id: UUID, kind: str, pairs: list[tuple[UUID, UUID]]) -> None:
    at = clock.now()
    Rejection.objects.bulk_create(
        [
            Rejection(company_id=company_id, kind=kind, left=left, right=right, created_at=at)
            for left, right in pairs
        ],
        ignore_conflicts=True,
    )


def _part_chosen(case: ReviewCase) -> None:
    """Every binding or pair that a person chose in this case, and its candidate offered again."""
    if case.kind == ReviewCase.Kind.TRANSFER:
        TransferPair.objects.of(case.company_id).filter(sent_id=UUID(case.subject)).delete()
        return
    known = ReviewRow.objects.of(case.company_id).filter(case=case, role=ReviewRow.Role.KNOWN)
    chosen = [former for row in known if (former := _last(case.company_id, row.transaction_id)) is not None]
    chosen = [former for former in chosen if former.decided_by == FormerId.DecidedBy.PERSON]
    if not chosen:
        raise NothingToUndo
    for former in chosen:
        came = _part(case.company_id, former.transaction_id)
        ReviewRow.objects.create(
            company_id=case.company_id,
            case=case,
            transaction=came,
            of_id=former.transaction_id,
            role=ReviewRow.Role.CANDIDATE,
            score=former.score,
            reasons=[reason for reason in former.reasons if reason != "person"],
        )


def _last(company_id: UUID, row_id: UUID) -> FormerId | None:
    return FormerId.objects.of(company_id).filter(transaction=row_id).order_by("-replaced_at").first()


def _part(company_id: UUID, row_id: UUID) -> Transaction:
    """The row that had gone into this one, a row of its own again; this one is parked as it was before."""
    former = _last(company_id, row_id)
    row = Transaction.objects.of(company_id).select_for_update(no_key=True).filter(pk=row_id).first()
    if former is None or row is None or row.pluggy_id != former.replaced_by:
        raise NothingToUndo
    came = rebinding.part(row, former)
    rebinding.restore(row, former.snapshot)
    row.withdrawn_at = former.withdrawn_at
    former.delete()
    rebinding.write([row])
    came.save(force_insert=True)
    return came


def _lock_open(case: ReviewCase) -> ReviewCase:
    locked = ReviewCase.objects.of(case.company_id).select_for_update(no_key=True).get(pk=case.pk)
    if locked.status != ReviewCase.Status.OPEN:
        raise NotOffered
    return locked


def _lock_rows(company_id: UUID, old_id: UUID, new_id: UUID) -> tuple[Transaction, Transaction]:
    rows = Transaction.objects.of(company_id).filter(pk__in=[old_id, new_id])
    locked = {row.pk: row for row in rows.select_for_update(no_key=True).order_by("pk")}
    return locked[old_id], locked[new_id]


def _candidates(case: ReviewCase) -> "reviewing.CaseRows":
    return ReviewRow.objects.of(case.company_id).filter(case=case, role=ReviewRow.Role.CANDIDATE)


def _pairs(case: ReviewCase) -> list[tuple[UUID, UUID]]:
    """What a no is about: our ids, of rows or of accounts."""
    if case.account_id and case.other_account_id:
        return [(case.account_id, case.other_account_id)]
    return list(_candidates(case).values_list("of_id", "transaction_id"))


def _tell(action: str, case: ReviewCase, by: Actor, target: Target) -> None:
    record(action, by=by, on=target, company_id=case.company_id)
    events.publish(case.company_id, "review", case.pk)
    if case.account_id:
        events.publish(case.company_id, "transactions", case.account_id)
