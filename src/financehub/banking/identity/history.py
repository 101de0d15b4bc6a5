"""What was decided, by a person or by a rule, newest first and a page at a time; each of it can be undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from financehub.banking.identity.inbox import with_account
from financehub.banking.models import FormerId, MergedRow, ReviewCase, TransferPair
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import Invalid
from financehub.core.tenancy import TenantQuerySet

ON_A_PAGE = 30
Decided = ReviewCase | TransferPair | FormerId | MergedRow


@dataclass(frozen=True)
class Decision:
    """One of them. `kind`: case, pair, rebound (by a rule) or rows (merged by a person)."""

    kind: str
    at: datetime
    what: Decided

    @property
    def is_a_persons(self) -> bool:
        return self.kind in {"case", "rows"}


@dataclass(frozen=True)
class Page:
    """Decisions, and the cursor of the next page (None at the end)."""

    decisions: list[Decision]
    next: str | None


def _cases(company: Company) -> TenantQuerySet[ReviewCase]:
    return ReviewCase.objects.of(company).filter(status__in=["ACCEPTED", "REJECTED"])


def _pairs(company: Company) -> TenantQuerySet[TransferPair]:
    return TransferPair.objects.of(company).prefetch_related(with_account("sent"), with_account("received"))


def _rebound(company: Company) -> TenantQuerySet[FormerId]:
    formers = FormerId.objects.of(company).filter(decided_by=FormerId.DecidedBy.RULE).defer("snapshot")
    return formers.prefetch_related(with_account("transaction"))


def _merged(company: Company) -> TenantQuerySet[MergedRow]:
    return MergedRow.objects.of(company).prefetch_related(with_account("transaction"), with_account("into"))


SOURCES: dict[str, tuple[str, Callable[[Company], TenantQuerySet[Any]]]] = {
    "case": ("decided_at", _cases),
    "pair": ("created_at", _pairs),
    "rebound": ("replaced_at", _rebound),
    "rows": ("merged_at", _merged),
}


def decided(company: Company, *, after: str | None = None, limit: int = ON_A_PAGE) -> Page:
    """The page after the cursor `after`. Raises Invalid for a cursor that is not ours."""
    last = _read_cursor(after) if after else None
    found: list[Decision] = []
    for kind, (name, source) in SOURCES.items():
        rows = source(company).order_by(f"-{name}", "-id")
        if last:
            rows = rows.filter(Q(**{f"{name}__lt": last[0]}) | Q(**{name: last[0], "id__lt": last[1]}))
        found += [Decision(kind, row.__dict__[name], row) for row in rows[: limit + 1]]
    found.sort(key=lambda one: (one.at, one.what.pk), reverse=True)
    shown = found[:limit]
    more = len(found) > limit
    return Page(shown, f"{shown[-1].at.isoformat()}_{shown[-1].what.pk}" if more else None)


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    at, _, key = text.partition("_")
    try:
        return clock.parse(at), UUID(key)
    except ValueError:
        raise Invalid("not a cursor of this list") from None
