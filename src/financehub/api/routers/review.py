"""What waits for a person: questions with their offers and reasons, and the answers, which can be undone."""

from datetime import datetime
from typing import Self
from uuid import UUID

from ninja import Field, Query, Router

from financehub.api import lookups
from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.pagination import PageIn
from financehub.api.routers.transactions import TransactionOut
from financehub.api.shapes import In, Out
from financehub.banking.identity import deciding, duplicates, inbox, merging, pairing, unmerging
from financehub.banking.identity.inbox import Asked, Question
from financehub.banking.models import FormerId, ReviewCase, TransactionChange
from financehub.companies.permissions import Permission

router = Router(tags=["review"])
READ = allowed(Permission.READ)
WRITE = allowed(Permission.WRITE)


class OfferOut(Out):
    """What a row may be. `reasons` are codes of what agrees, `score` the sum of their points."""

    transaction: TransactionOut
    score: int
    reasons: list[str]


class AskedOut(Out):
    """A row with what it may be, the likeliest first."""

    transaction: TransactionOut
    offers: list[OfferOut]

    @classmethod
    def of(cls, asked: Asked) -> Self:
        offers = [
            OfferOut(transaction=TransactionOut.of(offer.row), score=offer.score, reasons=offer.reasons)
            for offer in asked.offers
        ]
        return cls(transaction=TransactionOut.of(asked.row), offers=offers)


class QuestionOut(Out):
    """`kind`: rekeyed, transfer, or same_account, which names two of our accounts instead of rows."""

    id: UUID
    kind: str
    reasons: list[str]
    opened_at: datetime
    account: UUID | None
    other_account: UUID | None
    asked: list[AskedOut]

    @classmethod
    def of(cls, question: Question) -> Self:
        case = question.case
        return cls(
            id=case.pk,
            kind=case.kind,
            reasons=case.reasons,
            opened_at=case.opened_at,
            account=case.account_id,
            other_account=case.other_account_id,
            asked=[AskedOut.of(asked) for asked in question.asked],
        )


class InboxOut(Out):
    """A page of open questions, oldest first, then pending rows that the bank will hardly post any more.

    `waiting` counts all of them; `next` is null at the end.
    """

    questions: list[QuestionOut]
    expired: list[TransactionOut]
    waiting: int
    next: str | None


class SameIn(In):
    """Two to ten visible rows in one currency and one direction."""

    transactions: list[UUID] = Field(min_length=2, max_length=10)


class CaseOut(Out):
    """How a question stands: OPEN, ACCEPTED, REJECTED or CLOSED."""

    id: UUID
    status: str


class ChoiceIn(In):
    """`of` is the row that was asked about, `transaction` the offer that it is."""

    of: UUID
    transaction: UUID


class FormerIdOut(Out):
    """An id the row had at Pluggy, and why it is held for the same row."""

    transaction_id: UUID
    first_seen_at: datetime
    withdrawn_at: datetime
    replaced_at: datetime
    score: int
    reasons: list[str]
    decided_by: str
    changes: dict[str, list[object]]


class ChangeOut(Out):
    """What the bank changed in place: field, before, after."""

    at: datetime
    changes: dict[str, list[object]]


class HistoryOut(Out):
    """Everything the bank did to one row."""

    former_ids: list[FormerIdOut]
    changes: list[ChangeOut]


@at(router, "GET", "/banking/review/", operation_id="list_review", auth=READ, response=InboxOut)
def list_review(request: AuthedRequest, wanted: Query[PageIn]) -> InboxOut:
    """What waits for a person."""
    found = inbox.inbox(request.auth.company, after=wanted.after, limit=wanted.limit)
    return InboxOut(
        questions=[QuestionOut.of(question) for question in found.questions],
        expired=[TransactionOut.of(row) for row in found.expired],
        waiting=found.waiting,
        next=found.next,
    )


@at(
    router,
    "POST",
    "/banking/review/{id}/choose/",
    operation_id="choose_in_review",
    auth=WRITE,
    response=CaseOut,
)
def choose_in_review(request: AuthedRequest, key: OurId, payload: ChoiceIn) -> CaseOut:
    """The row is this offer; what a person wrote on it goes there."""
    case, by = _case(request, key), request.auth.actor
    if case.kind == ReviewCase.Kind.TRANSFER:
        pairing.choose(case=case, sent_id=payload.of, received_id=payload.transaction, by=by)
        return _out(_case(request, key))
    return _out(deciding.choose(case=case, old_id=payload.of, new_id=payload.transaction, by=by))


@at(
    router,
    "POST",
    "/banking/review/{id}/refuse/",
    operation_id="refuse_in_review",
    auth=WRITE,
    response=CaseOut,
)
def refuse_in_review(request: AuthedRequest, key: OurId) -> CaseOut:
    """None of the offers, and never again."""
    return _out(deciding.refuse(case=_case(request, key), by=request.auth.actor))


@at(
    router,
    "POST",
    "/banking/review/{id}/reopen/",
    operation_id="reopen_in_review",
    auth=WRITE,
    response=CaseOut,
)
def reopen_in_review(request: AuthedRequest, key: OurId) -> CaseOut:
    """Take an answer back; 409 when there is none. Two accounts that were merged are two again, and stay so."""
    case, by = _case(request, key), request.auth.actor
    if case.kind == ReviewCase.Kind.SAME_ACCOUNT and case.status == ReviewCase.Status.ACCEPTED:
        unmerging.undo(case=case, by=by)
        return _out(_case(request, key))
    return _out(deciding.reopen(case=case, by=by))


@at(
    router,
    "POST",
    "/banking/review/{id}/merge/",
    operation_id="merge_in_review",
    auth=WRITE,
    response=CaseOut,
)
def merge_in_review(request: AuthedRequest, key: OurId) -> CaseOut:
    """The two accounts of the question are one."""
    merging.merge(case=_case(request, key), by=request.auth.actor)
    return _out(_case(request, key))


@at(
    router,
    "GET",
    "/banking/transactions/{id}/history/",
    operation_id="get_transaction_history",
    auth=READ,
    response=HistoryOut,
)
def get_transaction_history(request: AuthedRequest, key: OurId) -> HistoryOut:
    """The ids a row has had, and what the bank changed in it."""
    row = lookups.transaction(request, key)
    former = FormerId.objects.of(row.company_id).filter(transaction=row).order_by("replaced_at")
    changes = TransactionChange.objects.of(row.company_id).filter(transaction=row).order_by("at")
    return HistoryOut(
        former_ids=[_former(one) for one in former],
        changes=[ChangeOut(at=one.at, changes=one.changes) for one in changes],
    )


@at(
    router,
    "POST",
    "/banking/transactions/{id}/part/",
    operation_id="part_transaction",
    auth=WRITE,
    response=TransactionOut,
)
def part_transaction(request: AuthedRequest, key: OurId) -> TransactionOut:
    """Undo what bound the row to its present id, for ever; 409 when nothing did. Answers the row as it is then."""
    deciding.part(row=lookups.transaction(request, key), by=request.auth.actor)
    return TransactionOut.of(lookups.transaction(request, key))


@at(
    router,
    "POST",
    "/banking/duplicates/",
    operation_id="merge_transactions",
    auth=WRITE,
    response=TransactionOut,
)
def merge_transactions(request: AuthedRequest, payload: SameIn) -> TransactionOut:
    """These rows are one movement, at every later sync too. Answers the one that stays; the others are hidden."""
    by = request.auth.actor
    kept = duplicates.merge(company=request.auth.company, row_ids=payload.transactions, by=by)
    return TransactionOut.of(lookups.transaction(request, kept.pk))


@at(
    router,
    "DELETE",
    "/banking/duplicates/{id}/",
    operation_id="unmerge_transaction",
    auth=WRITE,
    response=TransactionOut,
)
def unmerge_transaction(request: AuthedRequest, key: OurId) -> TransactionOut:
    """A row that was merged into another is one of its own again; 409 when it was not."""
    duplicates.part(row=lookups.transaction(request, key), by=request.auth.actor)
    return TransactionOut.of(lookups.transaction(request, key))


def _case(request: AuthedRequest, key: UUID) -> ReviewCase:
    return ReviewCase.objects.of(request.auth.company).get_or_raise(key)


def _out(case: ReviewCase) -> CaseOut:
    return CaseOut(id=case.pk, status=case.status)


def _former(one: FormerId) -> FormerIdOut:
    return FormerIdOut(
        transaction_id=one.pluggy_id,
        first_seen_at=one.first_seen_at,
        withdrawn_at=one.withdrawn_at,
        replaced_at=one.replaced_at,
        score=one.score,
        reasons=one.reasons,
        decided_by=one.decided_by,
        changes=one.changes,
    )
