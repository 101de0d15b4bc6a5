"""A deposit account day by day: scheduled rows, overnight sweeps, yield, and a balance that adds up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

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
    booked, scheduled, unknown = _split(movements, span)
    opening = scenario.cents(plan.opening)
    if plan.yield_:
        booked += _yields(plan, booked, opening, span)
    booked.sort(key=lambda move: (move.day, move.date, move.key))
    invested = 0
    if plan.sweep:
        booked, invested = _sweep(plan, booked, sum(move.cents for move in unknown), span)
    balance = opening
    for move in booked:
        balance += move.cents
        move.balance = balance
    return Statement(booked + scheduled, balance, invested)


def _split(
    movements: Iterable[Movement], span: Span
) -> tuple[list[Movement], list[Movement], list[Movement]]:
    """Booked until now, scheduled from tomorrow, and what later today will bring but nobody knows yet."""
    now, today = wire.stamp(span.now), span.today
    booked: list[Movement] = []
    scheduled: list[Movement] = []
    unknown: list[Movement] = []
    for move in movements:
        move.pending = move.day > today
        where = scheduled if move.pending else booked if move.date <= now else unknown
        where.append(move)
    return booked, scheduled, unknown


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


def _sweep(
    plan: AccountPlan, booked: list[Movement], rest_of_today: int, span: Span
) -> tuple[list[Movement], int]:
    """Each morning bring back what the day will need; each full workday's night invest what is spare.

    Today's need counts `rest_of_today` (cents not booked yet), so that the day's end changes nothing of its morning.
    """
    if plan.sweep is None:
        return booked, 0
    keep, step = scenario.cents(plan.sweep.keep), scenario.cents(plan.sweep.step)
    by_day = {day: list(moves) for day, moves in groupby(booked, key=lambda move: move.day)}
    rows: list[Movement] = []
    balance, invested = scenario.cents(plan.opening), 0
    for day in (span.start + timedelta(days=count) for count in range((span.today - span.start).days + 1)):
        moves = by_day.get(day, [])
        moved = sum(move.cents for move in moves)
        back = _needed(balance + moved + (rest_of_today if day == span.today else 0), invested, keep, step)
        rows += [_sweep_row(day, back)] if back else []
        rows += moves
        balance, invested = balance + moved + back, invested - back
        spare = _spare(balance, keep, step) if day < span.today and calendar.is_workday(day) else 0
        rows += [_sweep_row(day, -spare)] if spare else []
        balance, invested = balance - spare, invested + spare
    return rows, invested


def _needed(evening: int, invested: int, keep: int, step: int) -> int:
    """Cents to bring back when the day would end under a fifth of the floor."""
    return min(invested, -((evening - keep) // step * step)) if evening < keep // 5 else 0


def _spare(balance: int, keep: int, step: int) -> int:
    """Cents to invest once they are at least five steps above the floor."""
    return (balance - keep) // step * step if balance >= keep + 5 * step else 0


def _sweep_row(day: date, cents: int) -> Movement:
    coming = cents > 0
    return Movement(
        key=f"{'rescue' if coming else 'sweep'}|{day}",
        day=day,
        date=wire.bare(day),
        cents=cents,
        description=texts.SWEEP_IN if coming else texts.SWEEP_OUT,
        raw="RES APLIC AUT MAIS" if coming else "APL APLIC AUT MAIS",
        category="03010000",
        method="RESGATE_APLIC_FINANCEIRA" if coming else "APLICACAO_FINANCEIRA",
    )
