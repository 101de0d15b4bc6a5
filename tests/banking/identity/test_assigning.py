"""The heaviest pairing and the price of each pair, against trying every pairing."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from financehub.banking.identity.assigning import best_pairs

SMALL = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 30), min_size=columns, max_size=columns), max_size=4)
)


def heaviest(weights: list[list[int]]) -> int:
    """By brute force."""
    size = max(len(weights), len(weights[0]) if weights else 0)
    square = [[*row, *[0] * (size - len(row))] for row in weights]
    square += [[0] * size for _ in range(size - len(square))]
    return max(
        sum(square[row][column] for row, column in enumerate(order)) for order in permutations(range(size))
    )


@given(SMALL)
def test_the_pairs_are_a_heaviest_pairing(weights: list[list[int]]) -> None:
    pairs = best_pairs(weights)
    assert sum(weights[pair.left][pair.right] for pair in pairs) == heaviest(weights)
    assert len({pair.left for pair in pairs}) == len({pair.right for pair in pairs}) == len(pairs)


@given(SMALL)
def test_the_loss_is_what_the_best_would_lose_without_the_pair(weights: list[list[int]]) -> None:
    for pair in best_pairs(weights):
        without = [list(row) for row in weights]
        without[pair.left][pair.right] = 0
        assert pair.loss == heaviest(weights) - heaviest(without)


def test_two_equal_explanations_make_no_pair_certain() -> None:
    assert [pair.loss for pair in best_pairs([[50, 50], [50, 50]])] == [0, 0]


def test_nothing_to_pair_is_no_pair() -> None:
    assert best_pairs([]) == []
    assert best_pairs([[0]]) == []
