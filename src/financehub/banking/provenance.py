"""Where a transaction comes from: what the bank said and what a person did, in order, each with its moment."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from financehub.audit.models import AuditLog
from financehub.banking.models import FormerId, Sync, Transaction, TransactionChange
from financehub.companies.models import User

DEEDS = {
    "company.transaction_added": "added",
    "company.transaction_edited": "edited",
    "company.transaction_deleted": "deleted",
    "company.transaction_restored": "restored",
    "company.transactions_merged": "merged",
    "company.transactions_parted": "parted",
}


@dataclass(frozen=True)
class Step:
    """One thing that happened. The bank: seen, changed, rebound, withdrawn. A person: added, edited, deleted,
    restored, merged, parted.

    `rebound`: the bank dropped the row and sent it again under another id; `reasons` are codes of why it is the same.
    """

    kind: str
    at: datetime
    sync: Sync | None = None
    who: str = ""
    fields: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def is_the_banks(self) -> bool:
        return self.kind in {"seen", "changed", "rebound", "withdrawn"}


def trail(row: Transaction) -> list[Step]:
    """Everything known about how this row came to be what it is, oldest first."""
    return sorted([*_bank_steps(row), *_person_steps(row)], key=lambda step: step.at)


def _bank_steps(row: Transaction) -> list[Step]:
    if row.source == Transaction.Source.MANUAL:
        return []
    changed = _changes(row)
    moments = {"seen": row.created_at, "withdrawn": row.withdrawn_at}
    if row.changed_at not in {step.at for step in changed} | {row.withdrawn_at}:
        moments["changed"] = row.changed_at
    plain = [Step(kind, at, sync=_sync_at(row, at)) for kind, at in moments.items() if at is not None]
    return [*plain, *changed]


def _changes(row: Transaction) -> list[Step]:
    """What the bank changed, with what is known of each change."""
    changes = TransactionChange.objects.of(row.company_id).filter(transaction=row)
    former = FormerId.objects.of(row.company_id).filter(transaction=row)
    return [
        *(Step("changed", it.at, sync=_sync_at(row, it.at), fields=list(it.changes)) for it in changes),
        *(
            Step("rebound", it.replaced_at, _sync_at(row, it.replaced_at), "", list(it.changes), it.reasons)
            for it in former
        ),
    ]


def _sync_at(row: Transaction, at: datetime) -> Sync | None:
    syncs = Sync.objects.of(row.company_id).filter(item=row.account.item_id, started_at__lte=at)
    return syncs.order_by("-started_at").first()


def _person_steps(row: Transaction) -> list[Step]:
    logs = list(
        AuditLog.objects.filter(
            company_id=row.company_id, object_id=str(row.pk), action__in=DEEDS, object_kind="transaction"
        ).order_by("created_at")
    )
    names = _names({log.actor_id for log in logs if log.actor_kind == "user" and log.actor_id})
    return [
        Step(
            DEEDS[log.action],
            log.created_at,
            who=names.get(log.actor_id, "") if log.actor_id else "",
            fields=[name for name in str(log.facts.get("fields", "")).split(",") if name],
        )
        for log in logs
    ]


def _names(user_ids: set[UUID]) -> dict[UUID, str]:
    return {user.pk: user.name or user.email for user in User.objects.filter(pk__in=user_ids)}
