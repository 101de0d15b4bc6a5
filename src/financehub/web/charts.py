"""Numbers as shapes: whole SVG units only, so that no language can change how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from financehub.banking.reports import MonthFlow

BAR_HEIGHT = 140
LEAST_MONTHS = 6
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 880, 280, 20


@dataclass(frozen=True)
class Bar:
    """One month: the heights of its two bars, and where they start from the top."""

    flow: MonthFlow
    in_height: int
    out_height: int

    @property
    def in_top(self) -> int:
        return BAR_HEIGHT - self.in_height

    @property
    def out_top(self) -> int:
        return BAR_HEIGHT - self.out_height


def bars(flows: Sequence[MonthFlow]) -> list[Bar]:
    """Months on one scale, from the first with movement but at least six; whatever is not zero is visible."""
    moved = [place for place, flow in enumerate(flows) if flow.income_cents or flow.expense_cents]
    flows = flows[min([len(flows) - LEAST_MONTHS, *moved]) :]
    highest = max((max(flow.income_cents, flow.expense_cents) for flow in flows), default=0)
    return [
        Bar(flow, _height(flow.income_cents, highest), _height(flow.expense_cents, highest)) for flow in flows
    ]


def spark_points(values: Sequence[int]) -> str:
    """A polyline's points in a box of 880 by 280; a straight line when nothing moved."""
    if len(values) < 2:
        return ""
    lowest, highest = min(values), max(values)
    span = highest - lowest
    usable = SPARK_HEIGHT - 2 * SPARK_MARGIN
    points = []
    for index, value in enumerate(values):
        x = index * SPARK_WIDTH // (len(values) - 1)
        y = SPARK_HEIGHT // 2 if not span else SPARK_MARGIN + (highest - value) * usable // span
        points.append(f"{x},{y}")
    return " ".join(points)


def _height(cents: int, highest: int) -> int:
    if cents <= 0 or highest <= 0:
        return 0
    return max(2, cents * BAR_HEIGHT // highest)
