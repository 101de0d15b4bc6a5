"""Why a balance does not add up: the likeliest set of faults whose amounts are, together, exactly the gap.

A gap that grew in several steps is explained step by step: each growth has its own faults, among what came then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from financehub.banking.balances import chains, sweeps
from financehub.banking.balances.facts import Cause, Look, Part, Row, Step, Suspect
from financehub.banking.balances.suspects import CONTEXT, suspects_of

EVIDENT = 11  # suspects tried in every combination
COMMON_COST = 4.0  # dearer suspects are not tried together
SAME_AMOUNT = 3  # suspects of one amount that are tried
UNSEEN, ANY_AMOUNT, ROUND_AMOUNT = 3.0, 8.5, 6.0  # nats: a row is missing; its amount is just this
STALE_BONUS = 2.5
YIELD_COST = 2.0
HEALED_COST = 0.5
ROUND = 1000  # cents

Explained = tuple[float, list[Suspect]]


@dataclass(frozen=True)
class Theory:
    """Some suspects that could be true together."""

    suspects: tuple[Suspect, ...]
    cents: int
    cost: float
    claims: frozenset[str]

    def plus(self, suspect: Suspect) -> "Theory":
        return Theory(
            (*self.suspects, suspect),
            self.cents + suspect.part.cents,
            self.cost + suspect.cost,
            self.claims | suspect.claims,
        )


NOTHING = Theory((), 0, 0.0, frozenset())


def diagnose(looks: Sequence[Look], rows: Sequence[Row], *, is_card: bool) -> list[Part]:
    """The parts of the last look's gap, the heaviest first; they always add up to it.

    `looks` begin with one that had no gap.
    """
    parts: list[Part] = []
    claimed: frozenset[str] = frozenset()
    for before, now in pairwise(looks):
        step = Step(before, now, rows, is_card=is_card)
        if not step.cents:
            continue
        suspects = [suspect for suspect in suspects_of(step) if not suspect.claims & claimed]
        chosen = _likeliest(step, [*_healings(parts), *suspects])
        healed = [suspect.heals for suspect in chosen if suspect.heals]
        found = [suspect for suspect in chosen if not suspect.heals]
        parts = [part for part in parts if part not in healed] + [suspect.part for suspect in found]
        claimed = claimed.union(*(suspect.claims for suspect in found))
    return sorted(parts, key=lambda part: -abs(part.cents))


def _healings(parts: Sequence[Part]) -> list[Suspect]:
    """Each earlier part may have ended: the row came, posted, or went."""
    return [
        Suspect(replace(part, cents=-part.cents), HEALED_COST, frozenset({f"part:{number}"}), heals=part)
        for number, part in enumerate(parts)
    ]


def _likeliest(step: Step, suspects: Sequence[Suspect]) -> list[Suspect]:
    return min(_explanations(step, suspects), key=lambda explained: explained[0])[1]


def _explanations(step: Step, suspects: Sequence[Suspect]) -> Iterator[Explained]:
    """Every way to make the step's cents up, with its cost."""
    by_amount = _cheapest_by_amount(suspects)
    rest = _rest(step)
    for theory in _theories(suspects):
        left, chosen = step.cents - theory.cents, list(theory.suspects)
        if not left:
            yield theory.cost, chosen
            continue
        for suspect in by_amount.get(left, []):
            if not suspect.claims & theory.claims:
                yield theory.cost + suspect.cost, [*chosen, suspect]
        if abs(left) <= _yield_of(step, theory):
            yield theory.cost + YIELD_COST, _with_yield(chosen, left)
        yield theory.cost + _cost_of_the_rest(step, left), [*chosen, Suspect(replace(rest, cents=left), 0.0)]


def _theories(suspects: Sequence[Suspect]) -> list[Theory]:
    """Every combination of the likeliest suspects that do not exclude each other."""
    likeliest = sorted(suspects, key=lambda suspect: suspect.cost)
    theories = [NOTHING]
    for suspect in [suspect for suspect in likeliest if suspect.cost <= COMMON_COST][:EVIDENT]:
        theories += [theory.plus(suspect) for theory in theories if not theory.claims & suspect.claims]
    return theories


def _cheapest_by_amount(suspects: Sequence[Suspect]) -> dict[int, list[Suspect]]:
    by_amount: dict[int, list[Suspect]] = {}
    for suspect in sorted(suspects, key=lambda suspect: suspect.cost):
        same = by_amount.setdefault(suspect.part.cents, [])
        if len(same) < SAME_AMOUNT:
            same.append(suspect)
    return by_amount


def _yield_of(step: Step, theory: Theory) -> int:
    """How much of a rest the interest on what is invested may be."""
    swept = any(suspect.part.cause == Cause.SWEEP and not suspect.heals for suspect in theory.suspects)
    return sweeps.yield_limit(step) if swept else 0


def _with_yield(chosen: Sequence[Suspect], cents: int) -> list[Suspect]:
    return [
        replace(suspect, part=replace(suspect.part, cents=suspect.part.cents + cents))
        if suspect.part.cause == Cause.SWEEP
        else suspect
        for suspect in chosen
    ]


def _cost_of_the_rest(step: Step, cents: int) -> float:
    """A row that nobody showed, of just this amount; likelier when the vendor says its rows are old."""
    amount = ANY_AMOUNT if cents % ROUND else ROUND_AMOUNT
    return UNSEEN + amount - (STALE_BONUS if step.now.rows_are_stale else 0)


def _rest(step: Step) -> Part:
    """What nothing explains: a row that is not there; unknown where the bank's own column says none is missing."""
    day = step.now.day
    if step.now.rows_are_stale:
        return Part(Cause.MISSING_ROWS, 0, "rows_are_stale", (), day)
    shown = [row for row in step.rows if row.counted and row.day >= step.before.day - CONTEXT]
    last = chains.end_of(shown)
    if last is not None and last.day > day and not chains.holes(shown):
        return Part(Cause.UNKNOWN, 0, "column_is_whole", (last.id,), day)
    return Part(Cause.MISSING_ROWS, 0, "nothing_else_fits", (last.id,) if last else (), day)
