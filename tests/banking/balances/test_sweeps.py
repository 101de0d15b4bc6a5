"""Money that an account invests by itself."""

from dataclasses import replace

import pytest
from tests.banking.balances.facts import BEFORE, row, step

from financehub.banking.balances.sweeps import invested_change, is_sweep, movements_of, yield_limit

SHOWN = row("s", -30_000, text="apl aplic aut mais")


@pytest.mark.parametrize(
    ("text", "operation", "expected"),
    [
        ("apl aplic aut mais", "", True),
        ("resgate automatico", "", True),
        ("qualquer", "APLICACAO_FINANCEIRA", True),
        ("padaria", "", False),
        ("restaurante autentico", "", False),
    ],
)
def test_a_sweep_is_known_by_its_words_or_kind(text: str, operation: str, expected: bool) -> None:
    assert is_sweep(row("a", -1, text=text, operation=operation)) is expected


def test_what_is_invested_without_a_row_left_the_balance() -> None:
    (movement,) = movements_of(step(0, invested_cents=30_000))
    assert movement[:2] == (-30_000, "invested_without_a_row")


def test_a_row_that_says_it_all_leaves_only_that_the_balance_may_keep_it() -> None:
    (movement,) = movements_of(step(0, SHOWN, invested_cents=30_000))
    assert movement[:2] == (30_000, "balance_keeps_invested")


def test_a_bank_that_does_not_say_what_is_invested_has_no_change() -> None:
    assert invested_change(step(0)) is None


def test_interest_is_small_and_grows_by_the_day() -> None:
    before = replace(BEFORE, invested_cents=1_000_000)
    assert yield_limit(step(0, before=before)) == 1200
    assert yield_limit(step(0, before=before, day=14)) == 3000


def test_interest_alone_is_no_sweep() -> None:
    before = replace(BEFORE, invested_cents=1_000_000)
    assert list(movements_of(step(0, before=before, invested_cents=1_001_200))) == []
