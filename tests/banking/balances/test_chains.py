"""The bank's running balances show where a row is missing, twice, or turned round."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.banking.balances.facts import row

from financehub.banking.balances.chains import end_of, holes, in_order
from financehub.banking.balances.facts import Row


def column(*cents: int, opening: int = 10_000) -> list[Row]:
    rows, running = [], opening
    for number, amount in enumerate(cents):
        running += amount
        rows.append(row(f"r{number}", amount, day=1 + number // 2, running_cents=running))
    return rows


def test_a_whole_column_has_no_hole() -> None:
    assert holes(column(-100, 250, -30, 77)) == []


def test_a_missing_row_leaves_a_hole_of_its_amount_between_its_neighbours() -> None:
    rows = column(-100, 250, -30, 77)
    (hole,) = holes([rows[0], rows[1], rows[3]])
    assert (hole.cents, hole.before.id, hole.after.id) == (-30, "r1", "r3")


def test_a_turned_sign_jumps_twice_its_amount_at_its_own_row() -> None:
    rows = column(-100, 250, -30, 77)
    turned = row("r2", 30, day=2, running_cents=rows[2].running_cents)
    (hole,) = holes([rows[0], rows[1], turned, rows[3]])
    assert (hole.cents, hole.after.id) == (-60, "r2")


def test_a_copy_jumps_back_by_its_amount() -> None:
    rows = column(-100, 250, -30, 77)
    copy = row("copy", 250, day=1, running_cents=rows[1].running_cents)
    assert [hole.cents for hole in holes([*rows, copy])] == [-250]


def test_rows_without_a_running_balance_are_passed_over() -> None:
    assert holes([*column(-100, 250), row("late", -55, day=1)]) == []


def test_the_column_ends_with_its_last_row_in_the_order_of_days() -> None:
    rows = column(-100, 250, -30)
    last = end_of(list(reversed(rows)))
    assert last is not None
    assert last.id == "r2"
    assert [shown.day.day for shown in in_order(reversed(rows))] == [1, 1, 2]


def test_a_column_without_a_row_has_no_end() -> None:
    assert end_of([row("a", 5)]) is None


@given(amounts=st.lists(st.integers(1, 9999), max_size=8), seed=st.integers(0, 99))
def test_the_order_within_a_day_never_makes_a_hole(amounts: list[int], seed: int) -> None:
    dice = Random(seed)
    rows = column(*(dice.choice([-1, 1]) * amount for amount in amounts))
    dice.shuffle(rows)
    assert holes(rows) == []
