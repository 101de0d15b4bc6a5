"""The best way to pair two sets, and how much worse the best would be without each pair: pure arithmetic.

A pair is worth trusting when giving it up costs a lot: where two pairings explain the rows about as well, no pair
that only one of them holds is certain. The Hungarian method, O(n^3) for the best, O(n^2) more for each pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Weights = Sequence[Sequence[int]]
FAR = 1 << 60


@dataclass(frozen=True, slots=True)
class Pair:
    """Row `left` with column `right`; `loss` is what the whole would lose without it."""

    left: int
    right: int
    loss: int


def best_pairs(weights: Weights) -> list[Pair]:
    """The pairs of a heaviest pairing. Weights are >= 0; 0 means that the two stay alone."""
    size = max(len(weights), len(weights[0]) if weights else 0)
    square = [[*row, *[0] * (size - len(row))] for row in weights]
    square += [[0] * size for _ in range(size - len(square))]
    solved = _Assignment(square)
    for row in range(size):
        solved.place(row)
    whole = solved.total()
    return [
        Pair(row, column, whole - solved.without(row, column).total())
        for row, column in sorted(solved.pairs())
        if square[row][column] > 0
    ]


class _Assignment:
    """Rows placed on columns one after the other; potentials keep every step optimal."""

    def __init__(self, weights: list[list[int]]) -> None:
        self._cost = [[-weight for weight in row] for row in weights]
        size = len(weights)
        self._u, self._v = [0] * size, [0] * (size + 1)
        self._row_of = [-1] * (size + 1)  # by column; the last column is where a search starts

    def pairs(self) -> list[tuple[int, int]]:
        return [(row, column) for column, row in enumerate(self._row_of[:-1]) if row >= 0]

    def total(self) -> int:
        return -sum(self._cost[row][column] for row, column in self.pairs())

    def without(self, row: int, column: int) -> "_Assignment":
        """The best when this pair is worth nothing. Raising one cost keeps the potentials feasible."""
        other = _Assignment([])
        other._cost = [list(line) if at == row else line for at, line in enumerate(self._cost)]
        other._cost[row][column] = 0
        other._u, other._v, other._row_of = list(self._u), list(self._v), list(self._row_of)
        other._row_of[column] = -1
        other.place(row)
        return other

    def place(self, row: int) -> None:
        """Give the row a column along the cheapest path of re-placements."""
        start = len(self._v) - 1
        self._row_of[start] = row
        came_from = [start] * start
        slack, done, column = [FAR] * start, [False] * (start + 1), start
        while self._row_of[column] != -1:
            done[column] = True
            column = self._step(column, slack, done, came_from)
        while column != start:
            before = came_from[column]
            self._row_of[column] = self._row_of[before]
            column = before
        self._row_of[start] = -1

    def _step(self, column: int, slack: list[int], done: list[bool], came_from: list[int]) -> int:
        """Widen the search by the nearest column."""
        row, nearest, least = self._row_of[column], -1, FAR
        cost, base = self._cost[row], self._u[row]
        for at in range(len(slack)):
            if done[at]:
                continue
            reduced = cost[at] - base - self._v[at]
            if reduced < slack[at]:
                slack[at], came_from[at] = reduced, column
            if slack[at] < least:
                nearest, least = at, slack[at]
        for at, is_done in enumerate(done):
            if is_done:
                self._u[self._row_of[at]] += least
                self._v[at] -= least
            elif at < len(slack):
                slack[at] -= least
        return nearest
