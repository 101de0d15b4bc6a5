"""What waits for a person, as a screen shows it: questions with offers, expired pendings, what was decided."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch

from financehub.audit.recording import Actor, Target, record
from financehub.banking.models import (
    Account,
    FormerId,
    Rejection,
    ReviewCase,
    ReviewRow,
    Transaction,
    TransferPair,
)
from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.core.tenancy import TenantQuerySet

EXPIRED = "expired_pending"
LATELY = timedelta(days=30)
MOST = 50


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
    """Everything on the page."""

    questions: list[Question]
    expired: list[Transaction]
    decided: list[ReviewCase]
    rebound: list[FormerId]
    pairs: list[TransferPair]

    @property
    def waiting(self) -> int:
        return len(self.questions) + len(self.expired)


def inbox(company: Company) -> Inbox:
    """What is open, oldest first; and what was decided lately, newest first, each of which can be undone."""
    cases = ReviewCase.objects.of(company).select_related("account", "other_account__item__connector")
    since = clock.now() - LATELY
    decided = cases.filter(decided_at__gte=since, status__in=["ACCEPTED", "REJECTED"]).order_by("-decided_at")
    rebound = FormerId.objects.of(company).filter(replaced_at__gte=since, decided_by="rule")
    pairs = TransferPair.objects.of(company).filter(created_at__gte=since)
    return Inbox(
        questions=[_question(case) for case in cases.open().order_by("opened_at")[:MOST]],
        expired=list(expired(company)[:MOST]),
        decided=list(decided[:MOST]),
        rebound=list(rebound.prefetch_related(_rows("transaction")).order_by("-replaced_at", "-id")[:MOST]),
        pairs=list(pairs.prefetch_related(_rows("sent"), _rows("received")).order_by("-created_at")[:MOST]),
    )


def waiting(company: Company) -> int:
    """How many things wait, for the menu."""
    return ReviewCase.objects.of(company).open().count() + expired(company).count()


def expired(company: Company) -> TenantQuerySet[Transaction]:
    """Pendings that expired and that nobody has said to leave alone."""
    kept = Rejection.objects.of(company).filter(kind=EXPIRED).values("left")
    rows = Transaction.objects.of(company).expired_pending(clock.today()).exclude(pk__in=kept)
    return rows.select_related("account").defer("details").order_by("date", "id")


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


def _question(case: ReviewCase) -> Question:
    rows = ReviewRow.objects.of(case.company_id).filter(case=case).order_by("-score", "id")
    found = list(rows.prefetch_related(_rows("transaction")))
    asked = {row.transaction_id: Asked(row.transaction) for row in found if row.role == ReviewRow.Role.KNOWN}
    for row in found:
        if row.role == ReviewRow.Role.CANDIDATE and row.transaction.withdrawn_at is None:
            _offers_of(asked, row.of_id).append(Offer(row.transaction, row.score, row.reasons))
    return Question(case, list(asked.values()))


def _offers_of(asked: dict[UUID, Asked], key: UUID) -> list[Offer]:
    return asked[key].offers if key in asked else []


def _rows(name: str) -> "Prefetch[str, TenantQuerySet[Transaction], str]":
    rows = Transaction.objects.across_companies().defer("details")
    accounts = Account.objects.across_companies().defer("number", "owner", "document")
    return Prefetch(name, queryset=rows.prefetch_related(Prefetch("account", queryset=accounts)))
