"""What a diagnosis looks at: plain rows and looks at a balance, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property


class Cause(StrEnum):
    """Why a bank's balance differs from its rows."""

    MISSING_ROWS = "missing_rows"
    SWEEP = "sweep"
    PENDING = "pending"
    DUPLICATE = "duplicate"
    WRONG_SIGN = "wrong_sign"
    MANUAL_ROW = "manual_row"
    UNKNOWN = "unknown"
    ALREADY_COUNTED = (
        "already_counted"  # an old row that came late: no gap: its balance held it all along, or holds it now
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One transaction. `cents` are signed for the person; `counted` says whether the computed balance holds it."""

    id: str
    cents: int
    day: date
    text: str
    counted: bool
    arrived: datetime
    news_at: datetime  # when it arrived, changed, was withdrawn or deleted last
    is_pending: bool = False
    is_manual: bool = False
    is_adjustment: bool = False  # no row of the bank: what a person wrote down to close an earlier gap
    is_gone: bool = False  # withdrawn by the bank or deleted by a person
    is_old: bool = False  # of before the days whose rows are summed: never counted
    occurred_at: datetime | None = None
    provider_id: str | None = None
    operation: str = ""
    category: str = ""
    running_cents: int | None = None
    parcel: int | None = None


@dataclass(frozen=True)
class Look:
    """A balance as the bank showed it at a check, signed for the person, and the gap there was."""

    day: date
    seen_at: datetime
    worth_cents: int
    gap_cents: int = 0
    invested_cents: int | None = None
    rows_are_stale: bool = False  # the vendor said it could not update the transactions


@dataclass(frozen=True)
class Step:
    """From one look to the next, between which the gap grew by `cents`."""

    before: Look
    now: Look
    rows: Sequence[Row]
    is_card: bool = False

    @property
    def cents(self) -> int:
        return self.now.gap_cents - self.before.gap_cents

    def is_news(self, row: Row) -> bool:
        """Whether the row came or changed in this step."""
        return self.before.seen_at < row.news_at <= self.now.seen_at

    @cached_property
    def news(self) -> list[Row]:
        return [row for row in self.rows if self.is_news(row)]

    @cached_property
    def counted_news(self) -> list[Row]:
        return [row for row in self.news if row.counted]

    @cached_property
    def went(self) -> list[Row]:
        """Rows that were there before and are gone since."""
        return [row for row in self.news if row.is_gone and row.arrived <= self.before.seen_at]


@dataclass(frozen=True)
class Part:
    """A share of a gap with its cause and evidence. `hint` names the kind of evidence, for words on a page."""

    cause: Cause
    cents: int
    hint: str = ""
    rows: tuple[str, ...] = ()
    day: date | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "cause": str(self.cause),
            "cents": self.cents,
            "hint": self.hint,
            "rows": list(self.rows),
            "day": self.day.isoformat() if self.day else None,
        }


@dataclass(frozen=True)
class Suspect:
    """A possible part, and what believing in it costs (nats: below zero it is likelier than not).

    No two suspects that share a claim can both be true. One that `heals` takes an earlier part back instead.
    """

    part: Part
    cost: float
    claims: frozenset[str] = field(default_factory=frozenset)
    heals: Part | None = None
