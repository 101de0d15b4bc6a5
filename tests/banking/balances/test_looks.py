"""The looks at a gap survive in its report."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.banking.balances.facts import BASE, look
from tests.builders import make_account

from financehub.banking.balances.looks import MOST_LOOKS, as_json, since
from financehub.banking.models import BalanceObservation, GapReport

pytestmark = pytest.mark.django_db


def base() -> BalanceObservation:
    return BalanceObservation(day=BASE.date(), seen_at=BASE, worth_cents=100_000, invested_cents=None)


def report(*gaps: int) -> GapReport:
    looks = [look(0, day=10), *(look(gap, day=11 + number) for number, gap in enumerate(gaps))]
    return GapReport(account=make_account(), looks=as_json(looks))


def test_a_first_gap_has_the_clean_look_and_now() -> None:
    assert [seen.gap_cents for seen in since(base(), None, look(-5))] == [0, -5]


def test_the_gaps_of_between_are_remembered_exactly() -> None:
    seen = since(base(), report(-5, -9), look(-4, day=14, invested_cents=7, rows_are_stale=True))
    assert [(past.gap_cents, past.day.day) for past in seen] == [(0, 10), (-5, 11), (-9, 12), (-4, 14)]
    assert seen[1] == look(-5)


def test_a_gap_that_stays_the_same_adds_no_look() -> None:
    assert [seen.gap_cents for seen in since(base(), report(-5), look(-5, day=13))] == [0, -5]


def test_very_many_looks_are_cut_to_the_newest() -> None:
    many = [replace(look(-n), seen_at=BASE + timedelta(hours=n)) for n in range(MOST_LOOKS + 5)]
    kept = as_json(many)
    assert len(kept) == MOST_LOOKS
    assert kept[-1]["gap"] == -(MOST_LOOKS + 4)
