"""What happened in a case, in order: deeds of the trail, attempts at charging, words that were sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from financehub.audit.models import AuditLog
from financehub.billing.models import (
    CreditNote,
    Dispute,
    DunningAttempt,
    DunningCase,
    FraudWarning,
    Invoice,
    Notice,
    Payment,
    Refund,
    Subscription,
)
from financehub.companies.models import User
from financehub.core.money import format_amount

MAIL = "mail"
LONGEST = 200


@dataclass(frozen=True)
class Step:
    """`what` is an audit action, or `mail`; `detail` its facts or the kind of the mail."""

    at: datetime
    what: str
    detail: str
    actor_kind: str
    person: str


def of_subscription(row: Subscription) -> list[Step]:
    """With its invoices' payments, refunds, disputes and dunning."""
    invoices = list(Invoice.objects.of(row.company_id).filter(subscription=row))
    payments = list(Payment.objects.of(row.company_id).filter(invoice__in=invoices))
    cases = list(DunningCase.objects.of(row.company_id).filter(invoice__in=invoices))
    about: list[UUID] = [row.pk, *_ids(payments), *_ids(cases)]
    for model in (Refund, Dispute, FraudWarning):
        about += _ids(model.objects.of(row.company_id).filter(payment__in=payments))
    about += _ids(CreditNote.objects.of(row.company_id).filter(invoice__in=invoices))
    about += _ids(DunningAttempt.objects.of(row.company_id).filter(case__in=cases))
    subjects = [row.stripe_id, *(one.stripe_id for one in invoices)]
    return _told(row.company_id, about, subjects)


def of_case(row: DunningCase) -> list[Step]:
    """From the failure to its end."""
    attempts = DunningAttempt.objects.of(row.company_id).filter(case=row)
    return _told(row.company_id, [row.pk, *_ids(attempts)], [row.invoice.stripe_id])


def of_dispute(row: Dispute) -> list[Step]:
    """From its opening to the bank's decision."""
    return _told(row.company_id, [row.pk], [row.stripe_id])


def _ids(rows: Iterable[object]) -> list[UUID]:
    return [row.pk for row in rows]  # type: ignore[attr-defined]


def _told(company_id: UUID, about: list[UUID], subjects: list[str]) -> list[Step]:
    """The last steps, in order. A notice's subject begins with the id of what it is about."""
    trail = AuditLog.objects.filter(company_id=company_id, object_id__in=[str(key) for key in about])
    rows = list(trail.order_by("-created_at", "-id")[:LONGEST])
    people = User.objects.in_bulk([row.actor_id for row in rows if row.actor_kind == "user" and row.actor_id])
    steps = [
        Step(row.created_at, row.action, _facts(row), row.actor_kind, _name(people.get(row.actor_id)))
        for row in rows
    ]
    notices = Notice.objects.of(company_id).order_by("created_at")
    steps += [
        Step(notice.created_at, MAIL, notice.kind, "system", "")
        for notice in notices
        if notice.subject.partition(":")[0] in subjects
    ]
    return sorted(steps, key=lambda step: step.at)[-LONGEST:]


def _facts(row: AuditLog) -> str:
    told = {name: value for name, value in row.facts.items() if value not in ("", None)}
    if isinstance(cents := told.pop("amount_cents", None), int):
        told[""] = format_amount(cents)
    return ", ".join(f"{name} {value}".strip() for name, value in told.items())


def _name(person: User | None) -> str:
    return (person.name or person.email) if person else ""
