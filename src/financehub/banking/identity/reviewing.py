"""The questions that rows raise: opened with their candidates, closed when they answer themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from financehub.banking.identity.matching import FLOOR, Match
from financehub.banking.models import Account, ReviewCase, ReviewRow, Transaction
from financehub.core import events
from financehub.core.tenancy import TenantQuerySet

CaseRows = TenantQuerySet[ReviewRow]


@dataclass(frozen=True)
class Question:
    """Parked rows with edits, and what each may have become."""

    olds: list[UUID]
    candidates: list[Match]


def ask(
    account: Account, questions: Sequence[Question], *, rows: Mapping[UUID, Transaction], at: datetime
) -> set[UUID]:
    """Open a case for each question, or add to the one that asks about the same row; the rows that must wait."""
    waiting: set[UUID] = set()
    for question in questions:
        case = _case_for(account, question, at)
        wanted = [
            ReviewRow(
                company_id=account.company_id, case=case, transaction=rows[old], of=rows[old], role="known"
            )
            for old in question.olds
        ] + [
            ReviewRow(
                company_id=account.company_id,
                case=case,
                transaction=rows[it.new],
                of=rows[it.old],
                role="candidate",
                score=it.score,
                reasons=list(it.reasons),
            )
            for it in question.candidates
        ]
        ReviewRow.objects.bulk_create(wanted, ignore_conflicts=True)
        events.publish(account.company_id, "review", case.pk)
        waiting.update(it.new for it in question.candidates if it.score > FLOOR)
    return waiting


def _case_for(account: Account, question: Question, at: datetime) -> ReviewCase:
    rekeyed = ReviewCase.objects.of(account.company_id).open().filter(kind=ReviewCase.Kind.REKEYED)
    case = rekeyed.filter(rows__role=ReviewRow.Role.KNOWN, rows__transaction__in=question.olds).first()
    if case is not None:
        return case
    return ReviewCase.objects.create(
        company_id=account.company_id,
        kind=ReviewCase.Kind.REKEYED,
        subject=str(min(question.olds)),
        account=account,
        score=max(it.score for it in question.candidates),
        reasons=list(question.candidates[0].reasons),
        opened_at=at,
    )


def others_wait(case: ReviewCase, key: UUID) -> bool:
    """Whether parked rows besides this one, and not yet back, still wait in the case for a candidate."""
    rows = ReviewRow.objects.of(case.company_id).filter(case=case, role=ReviewRow.Role.CANDIDATE)
    return rows.exclude(of=key).filter(of__withdrawn_at__isnull=False).exists()


def close_returned(account: Account, *, at: datetime) -> None:
    """Parked rows that the bank shows again under their own ids raise no question any more."""
    rows = ReviewRow.objects.of(account.company_id).filter(case__account=account, role=ReviewRow.Role.KNOWN)
    back = rows.filter(case__status=ReviewCase.Status.OPEN, transaction__withdrawn_at__isnull=True)
    keys = list(back.values_list("transaction_id", flat=True))
    if keys:
        close_answered(account.company_id, keys, at=at)


def close_answered(company_id: UUID, keys: Iterable[UUID], *, at: datetime) -> None:
    """These parked rows are back: they leave their cases, and a case without parked rows closes."""
    rows = ReviewRow.objects.of(company_id).filter(of__in=list(keys), case__status=ReviewCase.Status.OPEN)
    case_ids = set(rows.values_list("case_id", flat=True))
    rows.delete()
    for case in ReviewCase.objects.of(company_id).filter(pk__in=case_ids).exclude(rows__role="known"):
        case.move_to(ReviewCase.Status.CLOSED, decided_at=at)
        events.publish(company_id, "review", case.pk)
