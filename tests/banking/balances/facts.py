"""Rows, looks and steps of balance stories, each with one line."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from financehub.banking.balances.facts import Look, Row, Step

BASE = datetime(2026, 3, 10, 15, tzinfo=UTC)
BEFORE, NOW = Look(date(2026, 3, 10), BASE, 100_000), BASE + timedelta(days=1)


def row(key: str, cents: int, **fields: Any) -> Row:
    """A counted row that came after the base; `day` is of March 2026."""
    arrived = fields.pop("arrived", BASE + timedelta(hours=20))
    day = date(2026, 3, fields.pop("day", 11))
    values = {"text": "padaria", "counted": True, "news_at": arrived, **fields}
    return Row(id=key, cents=cents, day=day, arrived=arrived, **values)


def known(key: str, cents: int, **fields: Any) -> Row:
    """A row that was there before the base."""
    return row(key, cents, **{"arrived": BASE - timedelta(days=9), "day": 2, **fields})


def look(gap: int, day: int = 11, **fields: Any) -> Look:
    """A look of March 2026 with a gap."""
    values = {"seen_at": BASE + timedelta(days=day - 10), "worth_cents": 100_000, **fields}
    return Look(date(2026, 3, day), gap_cents=gap, **values)


def step(gap: int, *rows: Row, is_card: bool = False, **fields: Any) -> Step:
    """The step from the base to the next day."""
    return Step(fields.pop("before", BEFORE), look(gap, **fields), rows, is_card=is_card)
