"""Automatic investment: money that leaves an account at night and comes back, with a row or without."""

import re
from collections.abc import Iterator

from financehub.banking.balances.facts import Row, Step

OPERATIONS = {"APLICACAO_FINANCEIRA", "RESGATE_APLIC_FINANCEIRA"}
WORDS = re.compile(
    r"\b(?:apl|aplic|aplicacao|res|resg|resgate|rend|rendimento) (?:\w+ )?(?:aut|autom|automatic[ao])\b"
    r"|\baplic aut\b"
)
YIELD_PER_DAY = 6  # ten-thousandths: more than any overnight rate pays

Movement = tuple[int, str, list[Row], float]


def is_sweep(row: Row) -> bool:
    """Whether the row itself says that money was invested or brought back."""
    return row.operation in OPERATIONS or bool(WORDS.search(row.text))


def movements_of(step: Step) -> Iterator[Movement]:
    """What the bank may have moved without a row, or shown as a row without moving its balance."""
    rows = [row for row in step.counted_news if is_sweep(row)]
    shown = sum(row.cents for row in rows)
    invested = invested_change(step)
    if invested is not None and abs(invested + shown) > yield_limit(
        step
    ):  # less is interest, which needs no row
        yield -invested - shown, "invested_without_a_row", rows, 0.9
    if shown and (invested is None or abs(invested + shown) <= yield_limit(step)):
        yield -shown, "balance_keeps_invested", rows, 0.12 if invested is None else 0.25


def invested_change(step: Step) -> int | None:
    """Cents by which what is automatically invested grew in this step."""
    if step.now.invested_cents is None:
        return None
    return step.now.invested_cents - (step.before.invested_cents or 0)


def yield_limit(step: Step) -> int:
    """The most cents that what is invested can have earned meanwhile."""
    most = max(step.now.invested_cents or 0, step.before.invested_cents or 0)
    return most * YIELD_PER_DAY * ((step.now.day - step.before.day).days + 1) // 10_000
