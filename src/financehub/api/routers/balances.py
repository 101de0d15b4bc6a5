"""Whether an account's balance adds up, and why not."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Router

from financehub.api import lookups
from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.routers.accounts import AccountOut, shown
from financehub.api.shapes import In, Out
from financehub.banking.balances import adjusting, live, sheets
from financehub.banking.balances.sheets import BalanceSheet
from financehub.banking.models import BalanceAdjustment
from financehub.companies.permissions import Permission

router = Router(tags=["accounts"])
READ = allowed(Permission.READ)
WRITE = allowed(Permission.WRITE)


class BalanceDayOut(Out):
    """One bank day. Signed for the person: what is owed on a card is below zero."""

    day: date
    bank_cents: int
    computed_cents: int
    gap_cents: int


class GapPartOut(Out):
    """A share of a gap. `cause`: missing_rows, sweep, pending, duplicate, wrong_sign, manual_row or unknown."""

    cause: str
    cents: int
    evidence: str
    day: date | None
    transactions: list[UUID]


class GapOut(Out):
    """What the bank has beyond the rows, from which day on, and its parts, which add up to it."""

    gap_cents: int
    since: date
    right_until: date
    parts: list[GapPartOut]


class AdjustmentOut(Out):
    """What a person wrote down to close a gap."""

    id: UUID
    cents: int
    note: str
    created_at: datetime


class BalanceOut(Out):
    """`gap` is null when the balance adds up; `days` are empty until a sync has seen the account."""

    adds_up: bool
    gap: GapOut | None
    adjustments: list[AdjustmentOut]
    days: list[BalanceDayOut]


class AdjustmentIn(In):
    """Why the gap is accepted as it is."""

    note: str = Field(min_length=1, max_length=400)


def _balance(sheet: BalanceSheet) -> BalanceOut:
    days = [
        BalanceDayOut(
            day=line.day,
            bank_cents=line.bank_cents,
            computed_cents=line.computed_cents,
            gap_cents=line.gap_cents,
        )
        for line in sheet.days
    ]
    adjustments = [_adjustment(adjustment) for adjustment in sheet.adjustments]
    return BalanceOut(adds_up=sheet.report is None, gap=_gap(sheet), adjustments=adjustments, days=days)


def _gap(sheet: BalanceSheet) -> GapOut | None:
    if sheet.report is None:
        return None
    parts = [
        GapPartOut(
            cause=reason.cause,
            cents=reason.cents,
            evidence=reason.hint,
            day=reason.day,
            transactions=[row.pk for row in reason.rows],
        )
        for reason in sheet.reasons
    ]
    report = sheet.report
    return GapOut(gap_cents=report.gap_cents, since=report.since, right_until=report.right_until, parts=parts)


def _adjustment(adjustment: BalanceAdjustment) -> AdjustmentOut:
    return AdjustmentOut(
        id=adjustment.pk, cents=adjustment.cents, note=adjustment.note, created_at=adjustment.created_at
    )


@at(
    router,
    "GET",
    "/banking/accounts/{id}/balance/",
    operation_id="get_balance",
    auth=READ,
    response=BalanceOut,
)
def get_balance(request: AuthedRequest, key: OurId) -> BalanceOut:
    """The bank's balance beside its rows, day by day, and what explains a gap."""
    return _balance(sheets.sheet(lookups.account(request, key)))


@at(
    router,
    "POST",
    "/banking/accounts/{id}/balance/adjustments/",
    operation_id="adjust_balance",
    auth=WRITE,
    response={201: AdjustmentOut},
)
def adjust_balance(request: AuthedRequest, key: OurId, payload: AdjustmentIn) -> AdjustmentOut:
    """Close the open gap with a written adjustment; 409 when the balance adds up."""
    account = lookups.account(request, key)
    return _adjustment(adjusting.adjust(account=account, note=payload.note, by=request.auth.actor))


@at(
    router,
    "DELETE",
    "/banking/accounts/{id}/balance/adjustments/",
    operation_id="undo_adjustment",
    auth=WRITE,
    response=AdjustmentOut,
)
def undo_adjustment(request: AuthedRequest, key: OurId) -> AdjustmentOut:
    """Take the last adjustment back; 409 when there is none."""
    return _adjustment(adjusting.undo(account=lookups.account(request, key), by=request.auth.actor))


@at(
    router,
    "POST",
    "/banking/accounts/{id}/balance/refresh/",
    operation_id="refresh_balance",
    auth=WRITE,
    response=AccountOut,
)
def refresh_balance(request: AuthedRequest, key: OurId) -> AccountOut:
    """Ask the bank for the balance of this moment. It spends a monthly limit: 503 `quota_spent` names its return."""
    account = lookups.account(request, key)
    return shown(request, live.refresh_balance(account=account, by=request.auth.actor))
