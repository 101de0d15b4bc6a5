"""Suspects are judged by their own evidence, never by the gap's amount."""

from datetime import timedelta

import pytest
from tests.banking.balances.facts import BASE, known, row, step

from financehub.banking.balances.facts import Cause, Row, Suspect
from financehub.banking.balances.suspects import cost_of, suspects_of


def of(cause: Cause, *rows: Row, **fields: object) -> list[Suspect]:
    found = suspects_of(step(-1, *rows, **fields))  # type: ignore[arg-type]
    return [suspect for suspect in found if suspect.part.cause == cause]


def test_what_is_likelier_than_not_costs_less_than_nothing() -> None:
    assert cost_of(0.5) == 0
    assert cost_of(0.9) < 0 < cost_of(0.1)


def test_the_likeliest_comes_first() -> None:
    costs = [
        suspect.cost for suspect in suspects_of(step(-1, row("a", -500), row("b", -500, is_manual=True)))
    ]
    assert costs == sorted(costs)


def test_a_jump_that_is_just_a_pending_rows_amount_speaks_for_it_and_excludes_a_missing_row() -> None:
    pending = row("p", -800, counted=False, is_pending=True, text="compra")
    column = [known("a", -1, day=9, running_cents=5000), row("b", -100, text="x", running_cents=4100)]
    (alone,) = of(Cause.PENDING, pending)
    (seen,) = of(Cause.PENDING, pending, *column)
    (missing,) = of(Cause.MISSING_ROWS, pending, *column)
    assert seen.cost < alone.cost
    assert seen.claims & missing.claims


def test_all_pending_rows_together_are_a_suspect_of_their_own() -> None:
    rows = [row(key, cents, counted=False, is_pending=True) for key, cents in (("a", -100), ("b", -250))]
    assert {suspect.part.cents for suspect in of(Cause.PENDING, *rows)} == {-100, -250, -350}


@pytest.mark.parametrize(("day", "hint"), [(2, "came_late"), (1, "came_late")])
def test_an_old_row_that_came_late_may_have_been_counted_all_along(day: int, hint: str) -> None:
    (late,) = of(Cause.ALREADY_COUNTED, row("a", -100, day=day))
    assert (late.part.cents, late.part.hint) == (100, hint)


def test_a_row_too_old_to_be_summed_moves_the_balance_when_it_comes_and_when_it_goes() -> None:
    at = BASE + timedelta(hours=1)
    came = row("a", -100, day=1, is_old=True, counted=False)
    went = known("b", -70, day=1, is_old=True, counted=False, is_gone=True, news_at=at)
    assert [suspect.part.cents for suspect in of(Cause.ALREADY_COUNTED, came, went)] == [-100, 70]


def test_a_row_of_today_may_be_newer_than_the_balance() -> None:
    assert [suspect.part.hint for suspect in of(Cause.PENDING, row("a", -100))] == ["posted_after_balance"]
