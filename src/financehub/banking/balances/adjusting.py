"""Closing a gap by hand: a written adjustment moves the computed balance and no row, and can be taken back."""

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking.balances import checking
from financehub.banking.models import Account, BalanceAdjustment, GapReport
from financehub.core import clock
from financehub.core.errors import Conflict, Invalid

LONGEST_NOTE = 400


class NoGap(Conflict):
    """The balance adds up: there is nothing to adjust."""

    code = "no_gap"


class NoAdjustment(Conflict):
    """There is no adjustment to take back."""

    code = "no_adjustment"


def adjust(*, account: Account, note: str, by: Actor) -> BalanceAdjustment:
    """Accept the open gap as it is, with a person's reason. Raises NoGap, Invalid."""
    note = note.strip()
    if not note or len(note) > LONGEST_NOTE:
        raise Invalid("say why, in at most 400 letters", field="note")
    with transaction.atomic():
        report = (
            GapReport.objects.of(account.company_id)
            .open()
            .filter(account=account)
            .select_for_update(no_key=True)
            .first()
        )
        if report is None:
            raise NoGap
        adjustment = BalanceAdjustment.objects.create(
            company_id=account.company_id,
            account=account,
            report=report,
            cents=report.gap_cents,
            note=note,
            causes=report.causes,
            user_id=by.id if by.kind == "user" else None,
            created_at=clock.now(),
        )
        _tell("company.gap_adjusted", adjustment, by)
        checking.check(account)
    return adjustment


def undo(*, account: Account, by: Actor) -> BalanceAdjustment:
    """Take the account's last adjustment back; its gap opens again unless it has healed. Raises NoAdjustment."""
    with transaction.atomic():
        adjustments = BalanceAdjustment.objects.of(account.company_id).filter(
            account=account, undone_at__isnull=True
        )
        adjustment = adjustments.select_for_update(no_key=True).order_by("-created_at").first()
        if adjustment is None:
            raise NoAdjustment
        adjustment.undone_at = clock.now()
        adjustment.save(update_fields=["undone_at"])
        _tell("company.gap_adjustment_undone", adjustment, by)
        checking.check(account)
    return adjustment


def _tell(action: str, adjustment: BalanceAdjustment, by: Actor) -> None:
    target = Target("balance_adjustment", adjustment.pk, {"cents": adjustment.cents})
    record(action, by=by, on=target, company_id=adjustment.company_id)
