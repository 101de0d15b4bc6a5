"""A deposit account by hand: sweeps, yield, and what is not yet known."""

from datetime import UTC, date, datetime

from pluggy_sandbox.portfolio.bank import keep_account
from pluggy_sandbox.portfolio.movements import Movement, Span
from pluggy_sandbox.portfolio.scenario import AccountPlan, Sweep

SPAN = Span("s", date(2026, 3, 2), datetime(2026, 3, 6, 15, tzinfo=UTC), date(2026, 4, 30), "midnight")


def plan(**fields) -> AccountPlan:
    return AccountPlan(
        **{"type": "BANK", "subtype": "CHECKING_ACCOUNT", "name": "Conta", "opening": 100.0} | fields
    )


def move(day: int, cents: int, time: str = "T03:00:00.000Z", month: int = 3) -> Movement:
    when = date(2026, month, day)
    return Movement(f"{month}-{day}-{cents}-{time}", when, f"{when}{time}", cents, "d", "r", "99999999")


def test_running_balances_follow_the_days() -> None:
    kept = keep_account(plan(), [move(4, -3000), move(3, 500)], SPAN)
    assert [row.balance for row in kept.rows] == [10_500, 7_500]
    assert kept.balance == 7_500


def test_tomorrow_is_pending_and_later_today_is_unknown() -> None:
    kept = keep_account(
        plan(), [move(6, -1, "T14:59:59.000Z"), move(6, -2, "T15:00:01.000Z"), move(7, -4)], SPAN
    )
    assert [(row.cents, row.pending, row.balance) for row in kept.rows] == [
        (-1, False, 9_999),
        (-4, True, None),
    ]
    assert kept.balance == 9_999


def test_spare_money_is_invested_at_night_and_returns_in_the_morning_it_is_needed() -> None:
    sweeping = plan(sweep=Sweep(keep=100.0, step=10.0))
    kept = keep_account(sweeping, [move(2, 50_000), move(4, -55_000)], SPAN)
    assert [(row.day.day, row.cents) for row in kept.rows] == [
        (2, 50_000),
        (2, -50_000),
        (4, 50_000),
        (4, -55_000),
    ]
    assert [row.balance for row in kept.rows] == [60_000, 10_000, 60_000, 5_000]
    assert (kept.balance, kept.invested) == (5_000, 0)
    swept = [row for row in kept.rows if row.key.startswith(("sweep", "rescue"))]
    assert {row.date[11:] for row in swept} == {"00:00:00.000Z"}


def test_the_morning_knows_what_today_will_still_need() -> None:
    sweeping = plan(sweep=Sweep(keep=100.0, step=10.0))
    kept = keep_account(sweeping, [move(2, 50_000), move(6, -30_000, "T20:00:00.000Z")], SPAN)
    assert [(row.day.day, row.cents) for row in kept.rows] == [(2, 50_000), (2, -50_000), (6, 30_000)]
    assert kept.balance == 40_000


def test_savings_pay_on_the_first_of_the_month() -> None:
    span = Span("s", date(2026, 1, 15), SPAN.now, SPAN.horizon, "midnight")
    kept = keep_account(plan(yield_=0.01, opening=1000.0), [move(20, 100_000, month=1)], span)
    assert [(row.day, row.cents) for row in kept.rows[1:]] == [
        (date(2026, 2, 1), 2_000),
        (date(2026, 3, 1), 2_020),
    ]
