"""Which pairs are looked at at all."""

from tests.banking.identity.clue_making import clue

from financehub.banking.identity.nearness import pairs_worth_comparing


def test_near_days_are_compared_and_far_ones_not() -> None:
    news = [clue("near", shift=10), clue("far", shift=11)]
    assert [new for _, new in pairs_worth_comparing([clue("a")], news)] == [news[0]]


def test_the_banks_marks_reach_across_months_each_pair_once() -> None:
    bought = {"purchase_day": clue("x").day, "installment": (1, 2), "provider_id": "p"}
    new = clue("b", shift=60, **bought)
    assert list(pairs_worth_comparing([clue("a", **bought)], [new])) == [(clue("a", **bought), new)]
