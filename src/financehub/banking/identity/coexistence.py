"""Two rows that one complete answer of the bank showed together are two movements, whatever they look like.

Kept per account as the few complete reads that matter: each is [moment, first day]; a later read that looks back
further makes the earlier ones pointless, so that the list stays short without a write per row.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from financehub.banking.models import Transaction

Proofs = list[list[str]]


@dataclass(frozen=True)
class CompleteRead:
    """A read that would have withdrawn what it missed, from the first instant it covered."""

    at: datetime
    covers_from: datetime


def with_read(proofs: Proofs, *, at: datetime, first_day: date) -> Proofs:
    """The proofs and this read, without those that it makes pointless."""
    kept = [proof for proof in proofs if proof[1] < first_day.isoformat()]
    return [*kept, [at.isoformat(), first_day.isoformat()]]


def parse(proofs: Proofs) -> list[CompleteRead]:
    """As moments."""
    return [
        CompleteRead(
            datetime.fromisoformat(at), datetime.combine(date.fromisoformat(first_day), time(), tzinfo=UTC)
        )
        for at, first_day in proofs
    ]


def latest_covering(reads: list[CompleteRead], moment: datetime) -> datetime | None:
    """When a complete read last looked at this moment of the ledger."""
    return max((read.at for read in reads if read.covers_from <= moment), default=None)


def were_together(reads: list[CompleteRead], old: Transaction, new: Transaction) -> bool:
    """Whether a complete read has shown `old` when `new` was already known."""
    return any(new.created_at <= read.at and read.covers_from <= old.occurred_at for read in reads)
