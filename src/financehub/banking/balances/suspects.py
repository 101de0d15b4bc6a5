"""Everything that could explain a gap, each with its evidence and how likely it is on its own.

Likelihoods are judged without looking at the gap's amount, so that an amount that fits by chance convinces nobody.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from financehub.banking.balances import sweeps, twins
from financehub.banking.balances.chains import Hole, holes
from financehub.banking.balances.facts import Cause, Part, Row, Step, Suspect
from financehub.banking.balances.signs import contradiction

CONTEXT = timedelta(days=10)  # before a step, of rows whose running balances lead up to it
SEEN_IN_THE_COLUMN = 3.5  # nats that a jump of the running balance of just this amount adds
HISTORY_IS_OLD = timedelta(days=1)

MANUAL = 0.9
OUTDATED_ADJUSTMENT = 0.3
GONE = 0.25
PENDING_DUE, PENDING_AHEAD = 0.12, 0.03
NOT_YET_COUNTED = 0.03
SIGN_BY_ITSELF = 0.004
LATE_HISTORY = 0.15
HOLE = 0.45


def cost_of(likelihood: float) -> float:
    """Nats of believing in something that likely; negative for what is likelier than not."""
    return -math.log(likelihood / (1 - likelihood))


def suspects_of(step: Step) -> list[Suspect]:
    """All suspects, the likeliest first."""
    jumps = _jumps(step)
    found = [
        *_manual(step),
        *_duplicates(step),
        *_signs(step, jumps),
        *_gone(step),
        *_pending(step),
        *_not_yet_counted(step),
        *_late_history(step),
        *_sweeps(step),
    ]
    seen = [_with_column(suspect, jumps) for suspect in found]
    return sorted([*seen, *_missing_between(jumps)], key=lambda suspect: suspect.cost)


def _jumps(step: Step) -> list[Hole]:
    """Jumps of the running balance that a row of after the last clean look ends."""
    first = step.before.day - CONTEXT
    shown = [row for row in step.rows if row.counted and row.day >= first]
    return [hole for hole in holes(shown) if hole.after.arrived > step.before.seen_at]


def _row_suspect(cause: Cause, row: Row, cents: int, hint: str, likelihood: float) -> Suspect:
    part = Part(cause, cents, hint, (row.id,), row.day)
    return Suspect(part, cost_of(likelihood), frozenset({row.id}))


def _manual(step: Step) -> Iterator[Suspect]:
    for row in step.counted_news:
        if row.is_manual and not row.is_adjustment:
            yield _row_suspect(Cause.MANUAL_ROW, row, -row.cents, "written_by_hand", MANUAL)
    for row in step.rows:
        if row.is_adjustment and row.arrived <= step.before.seen_at:
            yield _row_suspect(Cause.MANUAL_ROW, row, -row.cents, "adjustment_outdated", OUTDATED_ADJUSTMENT)


def _duplicates(step: Step) -> Iterator[Suspect]:
    for row, twin, hint, likelihood in twins.twins_of(step):
        part = Part(Cause.DUPLICATE, -row.cents, hint, (row.id, twin.id), row.day)
        yield Suspect(part, cost_of(likelihood), frozenset({row.id}))


def _signs(step: Step, jumps: Iterable[Hole]) -> Iterator[Suspect]:
    located = {hole.after.id for hole in jumps if hole.cents == -2 * hole.after.cents}
    habits = _habits(step)
    for row in step.counted_news:
        if row.is_manual or row.cents == 0:
            continue
        hint, likelihood = contradiction(row, habits[row.text], is_card=step.is_card)
        suspect = _row_suspect(Cause.WRONG_SIGN, row, -2 * row.cents, hint, likelihood or SIGN_BY_ITSELF)
        if row.id in located:
            part = replace(suspect.part, hint="column_turns")
            suspect = replace(suspect, part=part, cost=suspect.cost - 2 * SEEN_IN_THE_COLUMN)
        yield suspect


def _habits(step: Step) -> dict[str, list[Row]]:
    """By text: the rows of before, whose direction is trusted."""
    habits: dict[str, list[Row]] = defaultdict(list)
    for row in step.rows:
        if row.counted and not row.is_manual and row.arrived <= step.before.seen_at:
            habits[row.text].append(row)
    return habits


def _gone(step: Step) -> Iterator[Suspect]:
    """Rows that went since: taken back by the bank, or deleted by a person, while the balance holds them."""
    for row in step.went:
        if not row.is_old:
            yield _row_suspect(Cause.MISSING_ROWS, row, row.cents, "row_went", GONE)


def _pending(step: Step) -> Iterator[Suspect]:
    pending = [row for row in step.rows if row.is_pending and not row.is_gone]
    counted = [
        row for row in pending if row.counted and step.is_news(row)
    ]  # a card counts them; this bank may not
    due = [row for row in pending if not row.counted and row.day <= step.now.day]
    ahead = [row for row in pending if not row.counted and row.day > step.now.day]
    for rows, hint, likelihood in (
        (counted, "pending_not_in_balance", PENDING_DUE),
        (due, "pending_in_balance", PENDING_DUE),
        (ahead, "pending_in_balance", PENDING_AHEAD),
    ):
        sign = -1 if rows is counted else 1
        for row in rows:
            yield _row_suspect(Cause.PENDING, row, sign * row.cents, hint, likelihood)
        if len(rows) > 1:
            part = Part(
                Cause.PENDING,
                sign * sum(row.cents for row in rows),
                hint,
                tuple(row.id for row in rows),
                step.now.day,
            )
            yield Suspect(part, cost_of(likelihood), frozenset(part.rows))


def _not_yet_counted(step: Step) -> Iterator[Suspect]:
    """Posted rows of the newest day, which the balance may not hold yet."""
    for row in step.counted_news:
        if row.day >= step.now.day and row.running_cents is None and not (row.is_manual or row.is_pending):
            yield _row_suspect(Cause.PENDING, row, -row.cents, "posted_after_balance", NOT_YET_COUNTED)


def _late_history(step: Step) -> Iterator[Suspect]:
    """Rows of old days that came late, which the balance of then held already, or changed it only now."""
    before = step.before.day - HISTORY_IS_OLD
    for row in step.news:
        if row.is_old and not (row.is_manual or row.is_pending):
            cents = -row.cents if row in step.went else row.cents
            yield _row_suspect(Cause.ALREADY_COUNTED, row, cents, "old_row_moved_balance", LATE_HISTORY)
        elif row.counted and row.day < before and not row.is_manual and row.arrived > step.before.seen_at:
            yield _row_suspect(Cause.ALREADY_COUNTED, row, -row.cents, "came_late", LATE_HISTORY)


def _sweeps(step: Step) -> Iterator[Suspect]:
    for cents, hint, rows, likelihood in sweeps.movements_of(step):
        part = Part(Cause.SWEEP, cents, hint, tuple(row.id for row in rows), step.now.day)
        yield Suspect(part, cost_of(likelihood), frozenset({"sweep", *part.rows}))


def _missing_between(jumps: Iterable[Hole]) -> Iterator[Suspect]:
    for hole in jumps:
        part = Part(
            Cause.MISSING_ROWS, hole.cents, "column_jumps", (hole.before.id, hole.after.id), hole.after.day
        )
        yield Suspect(part, cost_of(HOLE), frozenset({hole.key}))


def _with_column(suspect: Suspect, jumps: list[Hole]) -> Suspect:
    """A suspect whose amount is just what the running balance jumps by, where it could be, is likelier."""
    fits = _fits(suspect)
    hole = next((hole for hole in jumps if hole.cents == suspect.part.cents and fits(hole)), None)
    if hole is None:
        return suspect
    return replace(
        suspect, cost=suspect.cost - SEEN_IN_THE_COLUMN, claims=suspect.claims | frozenset({hole.key})
    )


def _fits(suspect: Suspect) -> Callable[[Hole], bool]:
    """Duplicates and turned signs jump at their own row; the rest anywhere."""
    if suspect.part.cause in {Cause.DUPLICATE, Cause.WRONG_SIGN}:
        return lambda hole: bool({hole.before.id, hole.after.id} & set(suspect.part.rows))
    return lambda _hole: True
