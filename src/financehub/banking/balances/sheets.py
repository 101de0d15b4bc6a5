"""What a page says about an account's balance: the open gap with its evidence, the days, the adjustments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from financehub.banking import overflow
from financehub.banking.models import Account, BalanceAdjustment, BalanceObservation, GapReport, Transaction
from financehub.companies.models import Company

DAYS = 30
MOST_EVIDENCE = 8


@dataclass(frozen=True)
class DayLine:
    """One bank day: what the bank had, what the rows lead to. Signed for the person."""

    day: date
    bank_cents: int
    computed_cents: int

    @property
    def gap_cents(self) -> int:
        return self.bank_cents - self.computed_cents


@dataclass(frozen=True)
class Reason:
    """One cause with its share of the gap, the kind of evidence, and the rows that are the evidence."""

    cause: str
    cents: int
    hint: str
    day: date | None
    rows: Sequence[Transaction]


@dataclass(frozen=True)
class BalanceSheet:
    """Whether a balance adds up. `days` run from the newest; an account never observed has none."""

    days: list[DayLine]
    report: GapReport | None
    reasons: list[Reason]
    adjustments: list[BalanceAdjustment]

    @property
    def is_observed(self) -> bool:
        return bool(self.days)


def open_gaps(company: Company) -> list[GapReport]:
    """Every balance of the company that does not add up, the newest first, with its account."""
    reports = GapReport.objects.of(company).open().filter(account__archived_at__isnull=True)
    accounts = reports.select_related("account__item__connector").defer(
        "account__number", "account__owner", "account__document"
    )
    return list(accounts.order_by("-created_at"))


def sheet(account: Account) -> BalanceSheet:
    """Everything a page needs, in four queries at most."""
    report = GapReport.objects.of(account.company_id).open().filter(account=account).first()
    adjustments = BalanceAdjustment.objects.of(account.company_id).filter(
        account=account, undone_at__isnull=True
    )
    return BalanceSheet(
        days=_days(account),
        report=report,
        reasons=_reasons(account, report) if report else [],
        adjustments=list(adjustments.order_by("-created_at")[:MOST_EVIDENCE]),
    )


def _days(account: Account) -> list[DayLine]:
    """The last look of each day."""
    seen = BalanceObservation.objects.of(account.company_id).filter(account=account).order_by("-seen_at")
    by_day: dict[date, DayLine] = {}
    for observation in seen[: DAYS * 4]:
        line = DayLine(observation.day, observation.worth_cents, observation.computed_cents)
        by_day.setdefault(observation.day, line)
    return list(by_day.values())[:DAYS]


def _reasons(account: Account, report: GapReport) -> list[Reason]:
    keys = [UUID(key) for part in report.parts for key in part["rows"][:MOST_EVIDENCE]]
    rows = Transaction.objects.of(account.company_id).within(overflow.cap_of(account.company))
    found = rows.filter(account=account, pk__in=keys).defer("details")
    by_id = {str(row.pk): row for row in found}
    return [
        Reason(
            cause=part["cause"],
            cents=part["cents"],
            hint=part["hint"],
            day=date.fromisoformat(part["day"]) if part["day"] else None,
            rows=[by_id[key] for key in part["rows"][:MOST_EVIDENCE] if key in by_id],
        )
        for part in report.parts
    ]
