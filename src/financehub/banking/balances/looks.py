"""The looks at a balance since it was last right, kept in the open report so that each growth can be explained."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from financehub.banking.balances.facts import Look
from financehub.banking.models import BalanceObservation, GapReport

MOST_LOOKS = 40


def since(base: BalanceObservation, report: GapReport | None, now: Look) -> list[Look]:
    """The look without a gap, those at which the gap changed, and now."""
    first = Look(base.day, base.seen_at, base.worth_cents, 0, base.invested_cents)
    looks = [_from_json(look) for look in report.looks] if report else []
    return [first, *looks, now] if _is_new(looks, now) else [first, *looks]


def as_json(looks: Sequence[Look]) -> list[dict[str, object]]:
    """What the report keeps: all but the first; of very many, the oldest growths run together."""
    return [
        {
            "day": look.day.isoformat(),
            "at": look.seen_at.isoformat(),
            "worth": look.worth_cents,
            "gap": look.gap_cents,
            "invested": look.invested_cents,
            "stale": look.rows_are_stale,
        }
        for look in looks[1:][-MOST_LOOKS:]
    ]


def _is_new(looks: Sequence[Look], now: Look) -> bool:
    return not looks or looks[-1].gap_cents != now.gap_cents


def _from_json(look: dict[str, Any]) -> Look:
    return Look(
        date.fromisoformat(look["day"]),
        datetime.fromisoformat(look["at"]),
        look["worth"],
        look["gap"],
        look["invested"],
        rows_are_stale=look["stale"],
    )
