"""Comparing a bank's balance with its rows at the end of a sync: observe, compute, and explain what differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from financehub.banking.balances import counting
from financehub.banking.balances.counting import Sums
from financehub.banking.balances.diagnosing import diagnose
from financehub.banking.balances.facts import Cause, Look, Part
from financehub.banking.balances.looks import as_json as looks_as_json
from financehub.banking.balances.looks import since as looks_since
from financehub.banking.models import Account, BalanceAdjustment, BalanceObservation, GapReport
from financehub.core import clock, events


@dataclass(frozen=True)
class Known:
    """What was observed before: the last look, and the last one without a gap."""

    last: BalanceObservation
    base: BalanceObservation


def check_read(accounts: Iterable[Account], *, wrote: set[UUID], stale: bool = False) -> None:
    """After a sync: check the accounts whose rows were written or whose balance is new; others cost nothing."""
    accounts = [account for account in accounts if not account.is_manual]
    known = _known(accounts)
    for account in accounts:
        before = known.get(account.pk)
        if before is None or account.pk in wrote or _moved(account, before.last):
            _check(account, before, stale=stale)


def check(account: Account) -> GapReport | None:
    """Compare again now, because a person changed rows or closed a gap; the open report, if there is one."""
    before = _known([account]).get(account.pk)
    if before is not None and not account.is_manual:
        _check(account, before)
    return GapReport.objects.of(account.company_id).open().filter(account=account).first()


def _known(accounts: list[Account]) -> dict[UUID, Known]:
    known: dict[UUID, Known] = {}
    for account in accounts:
        seen = BalanceObservation.objects.of(account.company_id).filter(account=account).order_by("-seen_at")
        last = seen.first()
        if last is not None:
            base = last if last.gap_cents == 0 else seen.filter(gap_cents=0).first()
            known[account.pk] = Known(last, base or last)
    return known


def _moved(account: Account, last: BalanceObservation) -> bool:
    return (counting.worth(account), account.automatically_invested_cents) != (
        last.worth_cents,
        last.invested_cents,
    )


def _check(account: Account, known: Known | None, *, stale: bool = False) -> None:
    with transaction.atomic():
        Account.objects.of(account.company_id).select_for_update(no_key=True).filter(pk=account.pk).first()
        sums = counting.sums(account, known.base if known else None)
        if known is None:
            _observe(account, sums, computed=counting.worth(account))
            return
        computed = known.base.worth_cents + sums.since_base - known.base.rows_cents
        computed += _adjusted_since(known.base)
        report = GapReport.objects.of(account.company_id).open().filter(account=account).first()
        looks = looks_since(known.base, report, _look(account, computed, stale=stale))
        parts = _parts(account, known.base, looks)
        if parts and all(part.cause == Cause.ALREADY_COUNTED for part in parts):
            computed = _rebase(known.base, parts, computed)
            parts = []
        if _moved(account, known.last):
            _observe(account, sums, computed=computed)
        if parts:
            _open_or_change(report or _new_report(account, known.base, looks), parts, looks)
        elif report is not None:
            _close(report)


def _look(account: Account, computed: int, *, stale: bool) -> Look:
    return Look(
        day=counting.day_of(account),
        seen_at=clock.now(),
        worth_cents=counting.worth(account),
        gap_cents=counting.worth(account) - computed,
        invested_cents=account.automatically_invested_cents,
        rows_are_stale=stale,
    )


def _observe(account: Account, sums: Sums, *, computed: int) -> None:
    worth = counting.worth(account)
    BalanceObservation.objects.create(
        company_id=account.company_id,
        account=account,
        day=counting.day_of(account),
        observed_at=counting.moment_of(account),
        seen_at=clock.now(),
        worth_cents=worth,
        invested_cents=account.automatically_invested_cents,
        counted_from=sums.counted_from,
        rows_cents=sums.since_new,
        computed_cents=computed,
        gap_cents=worth - computed,
    )


def _adjusted_since(base: BalanceObservation) -> int:
    """Adjustments made after the base, less those of before it that were undone after it."""
    adjustments = BalanceAdjustment.objects.of(base.company_id).filter(account_id=base.account_id)
    made = Q(created_at__gt=base.seen_at, undone_at__isnull=True)
    undone = Q(created_at__lte=base.seen_at, undone_at__gt=base.seen_at)
    sums = adjustments.aggregate(
        made=Coalesce(Sum("cents", filter=made), 0), undone=Coalesce(Sum("cents", filter=undone), 0)
    )
    return int(sums["made"] - sums["undone"])


def _parts(account: Account, base: BalanceObservation, looks: Sequence[Look]) -> list[Part]:
    if not looks[-1].gap_cents:
        return []
    return diagnose(looks, counting.rows_of(account, base), is_card=account.is_card)


def _rebase(base: BalanceObservation, parts: list[Part], computed: int) -> int:
    """Old rows came late: the balance of then held them already, so the base's own sum did too."""
    late = sum(part.cents for part in parts)
    base.rows_cents -= late
    base.save(update_fields=["rows_cents"])
    return computed + late


def _new_report(account: Account, base: BalanceObservation, looks: Sequence[Look]) -> GapReport:
    return GapReport(
        company_id=account.company_id,
        account=account,
        right_until=base.day,
        since=looks[-1].day,
        created_at=clock.now(),
    )


def _open_or_change(report: GapReport, parts: list[Part], looks: Sequence[Look]) -> None:
    """Nothing is written when the report says so already."""
    shown = [part for part in parts if part.cause != Cause.ALREADY_COUNTED]
    said = [part.as_json() for part in shown]
    if report.parts == said:
        return
    days = [part.day for part in shown if part.day and part.day >= report.right_until]
    report.since = min([report.since, *days])
    report.gap_cents, report.parts = sum(part.cents for part in shown), said
    report.looks, report.changed_at = looks_as_json(looks), clock.now()
    report.save()
    events.publish(report.company_id, "account", report.account_id)


def _close(report: GapReport) -> None:
    adjusted = report.adjustments.filter(undone_at__isnull=True).exists()
    report.closed_by = GapReport.Closing.ADJUSTED if adjusted else GapReport.Closing.HEALED
    report.closed_at = report.changed_at = clock.now()
    report.save()
    events.publish(report.company_id, "account", report.account_id)
