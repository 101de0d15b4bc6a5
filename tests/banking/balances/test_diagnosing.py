"""A gap is explained by the likeliest faults whose amounts are exactly the gap."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.balances.facts import BASE, BEFORE, known, look, row

from financehub.banking.balances.diagnosing import diagnose
from financehub.banking.balances.facts import Cause, Part, Row

QUIET = [row("a", -1830), row("b", -4210, text="mercado"), row("c", 90_000, text="salario")]


def told(
    gap: int, *rows: Row, is_card: bool = False, **fields: object
) -> list[tuple[str, int, tuple[str, ...]]]:
    parts = diagnose([BEFORE, look(gap, **fields)], [*QUIET, *rows], is_card=is_card)  # type: ignore[arg-type]
    return [(part.cause, part.cents, part.rows) for part in parts]


def causes(parts: list[Part]) -> set[str]:
    return {part.cause for part in parts}


def test_no_gap_has_no_parts() -> None:
    assert diagnose([BEFORE, look(0)], QUIET, is_card=False) == []


def test_an_amount_that_nothing_shows_is_a_missing_row() -> None:
    assert told(-7777) == [(Cause.MISSING_ROWS, -7777, ())]


def test_a_row_written_by_hand_is_taken_back() -> None:
    hand = row("hand", -5000, is_manual=True, text="almoco")
    assert told(5000, hand) == [(Cause.MANUAL_ROW, 5000, ("hand",))]


def test_a_copy_is_found_with_its_original() -> None:
    assert told(1830, row("copy", -1830)) == [(Cause.DUPLICATE, 1830, ("copy", "a"))]


def test_a_turned_sign_moves_twice_its_amount() -> None:
    assert told(8420) == [(Cause.WRONG_SIGN, 8420, ("b",))]


def test_a_habit_of_the_other_way_outweighs_another_explanation() -> None:
    habit = [known("s1", 50_000, text="cliente", day=1), known("s2", 51_000, text="cliente")]
    turned = row("s3", -52_000, text="cliente")
    pending = row("p", 104_000, counted=False, is_pending=True, text="transferencia")
    assert told(104_000, *habit, turned, pending) == [(Cause.WRONG_SIGN, 104_000, ("s3",))]


def test_a_pending_row_may_be_in_the_balance() -> None:
    pending = row("p", -3100, counted=False, is_pending=True, text="compra")
    assert told(-3100, pending) == [(Cause.PENDING, -3100, ("p",))]


def test_a_card_that_does_not_count_its_pending_purchases() -> None:
    pending = row("p", -3100, is_pending=True, text="compra")
    assert told(3100, pending, is_card=True) == [(Cause.PENDING, 3100, ("p",))]


def test_money_invested_without_a_row() -> None:
    assert told(-30_000, invested_cents=30_000) == [(Cause.SWEEP, -30_000, ())]


def test_interest_on_what_is_invested_belongs_to_the_sweep() -> None:
    assert told(-30_000, invested_cents=30_017) == [(Cause.SWEEP, -30_000, ())]


def test_a_row_that_went_while_the_balance_holds_it_is_missing() -> None:
    gone = known("g", -2222, counted=False, is_gone=True, news_at=BASE + timedelta(hours=3))
    assert told(-2222, gone) == [(Cause.MISSING_ROWS, -2222, ("g",))]


def test_a_jump_of_the_running_balance_says_where_a_row_is_missing() -> None:
    column = [
        known("k", -100, day=10, text="x", running_cents=100_000),
        row("l", -100, text="y", running_cents=91_900),
    ]
    assert told(-8000, *column) == [(Cause.MISSING_ROWS, -8000, ("k", "l"))]


def test_two_causes_of_one_step_are_both_found() -> None:
    hand = row("hand", -5000, is_manual=True, text="almoco")
    found = told(5000 - 30_000, hand, invested_cents=30_000)
    assert [(cause, cents) for cause, cents, _ in found] == [(Cause.SWEEP, -30_000), (Cause.MANUAL_ROW, 5000)]


def test_each_growth_of_a_gap_is_explained_by_what_came_then() -> None:
    later = BASE + timedelta(days=1, hours=5)
    pending = row("p", -3100, counted=False, is_pending=True, text="compra")
    copy = row("copy", -1830, arrived=later)
    looks = [BEFORE, look(-3100), look(-3100 + 1830, day=12)]
    parts = diagnose(looks, [*QUIET, pending, copy], is_card=False)
    assert causes(parts) == {Cause.PENDING, Cause.DUPLICATE}


def test_a_part_that_heals_is_taken_back() -> None:
    looks = [BEFORE, look(-7777), look(-7777 - 505, day=12), look(-505, day=13)]
    parts = diagnose(looks, QUIET, is_card=False)
    assert [(part.cause, part.cents) for part in parts] == [(Cause.MISSING_ROWS, -505)]


def test_stale_rows_are_named_as_the_reason() -> None:
    parts = diagnose([BEFORE, look(-7777, rows_are_stale=True)], QUIET, is_card=False)
    assert [(part.cause, part.hint) for part in parts] == [(Cause.MISSING_ROWS, "rows_are_stale")]


def test_nothing_is_missing_where_the_banks_own_column_goes_on_without_a_jump() -> None:
    column = [
        known("k", -100, day=10, text="x", running_cents=100_000),
        row("l", -1111, day=12, text="y", running_cents=98_889),
    ]
    parts = diagnose([BEFORE, look(-7777)], column, is_card=False)
    assert [(part.cause, part.hint) for part in parts] == [(Cause.UNKNOWN, "column_is_whole")]


amounts = st.integers(-500_000, 500_000).filter(bool)


@given(
    gaps=st.lists(amounts, min_size=1, max_size=4),
    rows=st.lists(st.tuples(amounts, st.booleans()), max_size=8),
)
@pytest.mark.parametrize("is_card", [False, True])
def test_the_parts_always_add_up_to_the_gap(
    gaps: list[int], rows: list[tuple[int, bool]], *, is_card: bool
) -> None:
    shown = [row(f"r{number}", cents, is_pending=flag) for number, (cents, flag) in enumerate(rows)]
    looks = [BEFORE, *(look(gap, day=11 + number) for number, gap in enumerate(gaps))]
    assert sum(part.cents for part in diagnose(looks, shown, is_card=is_card)) == gaps[-1]
