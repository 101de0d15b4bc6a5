"""A deposit account day by day: scheduled rows, overnight sweeps, yield, and a balance that adds up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pluggy_sandbox.portfolio import calendar, scenario, texts, wire
from pluggy_sandbox.portfolio.movements import Movement, Span
from pluggy_sandbox.portfolio.scenario import AccountPlan


@dataclass
class Statement:
    """Rows in the order they were booked, scheduled ones last, and where the money stands now (cents)."""

    rows: list[Movement]
    balance: int
    invested: int


def keep_account(plan: AccountPlan, movements: Iterable[Movement], span: Span) -> Statement:
    """The account's rows up to now with running balances, then the scheduled ones."""
    booked, scheduled = _split(movements, span)
    opening = scenario.cents(plan.opening)
    if plan.yield_:
        booked += _yields(plan, booked, opening, span)
    booked.sort(key=lambda move: (move.day, move.date, move.key))
    invested = 0
    if plan.sweep:
        booked, invested = _sweep(plan, booked, opening, span)
    balance = opening
    for move in booked:
        balance += move.cents
        move.balance = balance
    return Statement(booked + scheduled, balance, invested)


def _split(movements: Iterable[Movement], span: Span) -> tuple[list[Movement], list[Movement]]:
    """Booked until now, and scheduled from tomorrow; later today is not known yet."""
    now, today = wire.stamp(span.now), span.today
    booked, scheduled = [], []
    for move in movements:
        if move.day > today:
            move.pending = True
            scheduled.append(move)
        elif move.date <= now:
            booked.append(move)
    return booked, scheduled


def _yields(plan: AccountPlan, booked: list[Movement], opening: int, span: Span) -> list[Movement]:
    """Savings pay on the first of each month on what stood there the month before."""
    rate, interest, made = float(plan.yield_), 0, []
    for year, month in calendar.months_between(calendar.later(span.start, 1), span.today):
        first = date(year, month, 1)
        standing = opening + interest + sum(move.cents for move in booked if move.day < first)
        paid = int(standing * rate)
        if paid <= 0:
            continue
        interest += paid
        key = f"yield|{first}"
        made.append(
            Movement(
                key,
                first,
                wire.bare(first),
                paid,
                texts.SAVINGS_YIELD,
                "REND POUPANCA",
                "03060000",
                "RENDIMENTO_APLIC_FINANCEIRA",
            )
        )
    return made


def _sweep(plan: AccountPlan, booked: list[Movement], opening: int, span: Span) -> tuple[list[Movement], int]:
    """At the end of each full workday invest what is above the floor, or bring back what is missing."""
    if plan.sweep is None:
        return booked, 0
    keep, step = scenario.cents(plan.sweep.keep), scenario.cents(plan.sweep.step)
    rows: list[Movement] = []
    balance, invested, position, day = opening, 0, 0, span.start
    while day <= span.today:
        while position < len(booked) and booked[position].day <= day:
            balance += booked[position].cents
            rows.append(booked[position])
            position += 1
        moved = (
            _tonight(balance, invested, keep, step) if day < span.today and calendar.is_workday(day) else 0
        )
        if moved:
            rows.append(_sweep_row(day, moved))
            balance, invested = balance + moved, invested - moved
        day += timedelta(days=1)
    return rows + booked[position:], invested


def _tonight(balance: int, invested: int, keep: int, step: int) -> int:
    """Signed cents that move into the account (negative: are invested)."""
    if balance >= keep + 5 * step:
        return -((balance - keep) // step * step)
    if balance < keep // 5 and invested > 0:
        return min(invested, -((balance - keep) // step * step))
    return 0


def _sweep_row(day: date, cents: int) -> Movement:
    coming = cents > 0
    return Movement(
        key=f"sweep|{day}",
        day=day,
        date=wire.bare(day),
        cents=cents,
        description=texts.SWEEP_IN if coming else texts.SWEEP_OUT,
        raw="RES APLIC AUT MAIS" if coming else "APL APLIC AUT MAIS",
        category="03010000",
        method="RESGATE_APLIC_FINANCEIRA" if coming else "APLICACAO_FINANCEIRA",
    )
