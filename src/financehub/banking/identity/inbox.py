"""What waits for a person, a page at a time: questions with their offers, oldest first, then expired pendings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q

from financehub.audit.recording import Actor, Target, record
from financehub.banking.models import Account, Rejection, ReviewCase, ReviewRow, Transaction, TransferPair
from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.core.errors import Invalid
from financehub.core.tenancy import TenantModel, TenantQuerySet

EXPIRED = "expired_pending"
ON_A_PAGE = 20
RowT = TypeVar("RowT", bound=TenantModel)
CASES, ROWS = "duvida", "pendente"  # what a cursor stands in


@dataclass(frozen=True)
class Offer:
    """One thing a row may be, with the reasons and points for it."""

    row: Transaction
    score: int
    reasons: list[str]


@dataclass
class Asked:
    """A row a question is about, and its offers, the likeliest first."""

    row: Transaction
    offers: list[Offer] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """An open case."""

    case: ReviewCase
    asked: list[Asked]


@dataclass(frozen=True)
class Inbox:
    """One page; `waiting` counts all pages, `next` is the cursor of the next one (None at the end)."""

    questions: list[Question]
    expired: list[Transaction]
    waiting: int
    next: str | None


def inbox(company: Company, *, after: str | None = None, limit: int = ON_A_PAGE) -> Inbox:
    """The page after the cursor `after`. Raises Invalid for a cursor that is not ours."""
    place = _read_cursor(after)
    cases = [] if place.kind == ROWS else list(place.rest(_cases(company), "opened_at")[: limit + 1])
    room = max(0, limit - len(cases))
    rows_from = place if place.kind == ROWS else BEGINNING
    rows = list(rows_from.rest(expired(company), "date")[: room + 1]) if len(cases) <= limit else []
    shown, left = cases[:limit], rows[:room]
    more = len(cases) > limit or len(rows) > room
    return Inbox(
        questions=_questions(company, shown),
        expired=left,
        waiting=waiting(company),
        next=_cursor(shown, left) if more else None,
    )


def waiting(company: Company) -> int:
    """How many things wait, for the menu."""
    return ReviewCase.objects.of(company).open().count() + expired(company).count()


def expired(company: Company) -> TenantQuerySet[Transaction]:
    """Pendings that expired and that nobody has said to leave alone, oldest first."""
    kept = Rejection.objects.of(company).filter(kind=EXPIRED).values("left")
    rows = Transaction.objects.of(company).expired_pending(clock.today()).exclude(pk__in=kept)
    return rows.select_related("account").defer("details", *_hidden("account")).order_by("date", "id")


def keep_expired(*, row: Transaction, by: Actor) -> None:
    """It is right as it is: do not ask again."""
    with transaction.atomic():
        refusal = Rejection(
            company_id=row.company_id, kind=EXPIRED, left=row.pk, right=row.pk, created_at=clock.now()
        )
        Rejection.objects.bulk_create([refusal], ignore_conflicts=True)
        target = Target("transaction", row.pk)
        record("open_finance.pending_kept", by=by, on=target, company_id=row.company_id)
        events.publish(row.company_id, "review", row.pk)


def with_account(name: str) -> "Prefetch[str, TenantQuerySet[Transaction], str]":
    """The rows of a relation with their accounts, without what is sealed."""
    rows = Transaction.objects.across_companies().defer("details")
    accounts = Account.objects.across_companies().defer("number", "owner", "document")
    return Prefetch(name, queryset=rows.prefetch_related(Prefetch("account", queryset=accounts)))


@dataclass(frozen=True)
class _Place:
    """The last thing shown: of which list, its moment or day, and its id."""

    kind: str
    at: date | None = None
    key: UUID | None = None

    def rest(self, rows: TenantQuerySet[RowT], name: str) -> TenantQuerySet[RowT]:
        """What comes after it."""
        if self.at is None:
            return rows
        return rows.filter(Q(**{f"{name}__gt": self.at}) | Q(**{name: self.at, "id__gt": self.key}))


BEGINNING = _Place(CASES)


def _read_cursor(text: str | None) -> _Place:
    if not text:
        return BEGINNING
    try:
        kind, at, key = text.split("_")
        read = {CASES: clock.parse, ROWS: date.fromisoformat}[kind]
        return _Place(kind, read(at), UUID(key))
    except (KeyError, ValueError):
        raise Invalid("not a cursor of this list") from None


def _cursor(cases: Sequence[ReviewCase], rows: Sequence[Transaction]) -> str:
    if rows:
        return f"{ROWS}_{rows[-1].date.isoformat()}_{rows[-1].pk}"
    return f"{CASES}_{cases[-1].opened_at.isoformat()}_{cases[-1].pk}"


def _cases(company: Company) -> TenantQuerySet[ReviewCase]:
    cases = ReviewCase.objects.of(company).open()
    cases = cases.select_related("account", "other_account__item__connector")
    hidden = (*_hidden("account"), *_hidden("other_account"))
    items = ("other_account__item__parameter", "other_account__item__user_action")
    return cases.defer(*hidden, *items).order_by("opened_at", "id")


def _hidden(account: str) -> tuple[str, ...]:
    return tuple(f"{account}__{name}" for name in ("number", "owner", "document"))


def _questions(company: Company, cases: Sequence[ReviewCase]) -> list[Question]:
    """The cases with their rows, all read together."""
    asked: dict[UUID, dict[UUID, Asked]] = {case.pk: {} for case in cases}
    rows = ReviewRow.objects.of(company).filter(case__in=list(asked)).order_by("-score", "id")
    found = list(rows.select_related("case").prefetch_related(with_account("transaction")))
    for row in found:
        if row.role == ReviewRow.Role.KNOWN:
            asked[row.case_id][row.transaction_id] = Asked(row.transaction)
    taken = _paired(company, found)
    for row in found:
        known = asked[row.case_id].get(row.of_id)
        is_offer = row.role == ReviewRow.Role.CANDIDATE and row.transaction.withdrawn_at is None
        if is_offer and row.pk not in taken and known is not None:
            known.offers.append(Offer(row.transaction, row.score, row.reasons))
    return [Question(case, list(asked[case.pk].values())) for case in cases]


def _paired(company: Company, rows: Sequence[ReviewRow]) -> set[UUID]:
    """Offers of a pair that another answer has taken: one of the two is in a pair by now."""
    of_pairs = [row for row in rows if row.case.kind == ReviewCase.Kind.TRANSFER]
    keys = {key for row in of_pairs for key in (row.of_id, row.transaction_id)}
    if not keys:
        return set()
    pairs = TransferPair.objects.of(company).filter(Q(sent__in=keys) | Q(received__in=keys))
    taken = {key for pair in pairs.values_list("sent_id", "received_id") for key in pair}
    return {row.pk for row in of_pairs if taken & {row.of_id, row.transaction_id}}
