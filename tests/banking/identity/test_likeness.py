"""What speaks for two rows being one, and what rules it out."""

from typing import Any

import pytest
from tests.banking.identity.clue_making import clue

from financehub.banking.identity.likeness import CERTAIN, compare, likeness_of_texts


def score(old: dict[str, Any], new: dict[str, Any], **options: bool) -> int | None:
    found = compare(clue("old", **old), clue("new", **new), **options)
    return None if found is None else found.score


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"direction": "CREDIT"}),
        ({}, {"currency": "USD"}),
        ({}, {"shift": 11}),
        ({"installment": (1, 6)}, {"installment": (2, 6)}),
        ({"counterparty": "one"}, {"counterparty": "another"}),
    ],
)
def test_a_contradiction_rules_it_out(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert score(old, new) is None


def test_the_banks_own_id_is_certain_when_the_money_agrees() -> None:
    assert score({"provider_id": "p"}, {"provider_id": "p", "text": "X", "shift": 400}) == CERTAIN
    assert score({"provider_id": "p"}, {"provider_id": "p", "amount_cents": -1}) != CERTAIN
    assert score({"reference": "E1" * 9}, {"reference": "E1" * 9, "shift": 30}) == CERTAIN


def test_everything_equal_outweighs_anything_different() -> None:
    same = score({}, {})
    assert same is not None
    for other in ({"shift": 1}, {"amount_cents": -4800}, {"text": "LIVRARIA"}):
        assert (score({}, other) or 0) < same


def test_the_reasons_say_what_agreed() -> None:
    found = compare(
        clue("a", status="PENDING", card_last4="4321"), clue("b", amount_cents=-4800, card_last4="4321")
    )
    assert found is not None
    assert found.reasons == ("close_amount", "same_day", "same_text", "card", "posted")


def test_a_purchase_date_ties_a_parcela_across_months() -> None:
    bought = {"purchase_day": clue("x").day, "installment": (2, 6)}
    found = compare(clue("a", **bought), clue("b", shift=45, text="OUTRO", **bought))
    assert found is not None
    assert {"purchase_day", "installment", "installment_purchase", "same_amount"} <= set(found.reasons)


def test_another_purchase_date_speaks_against() -> None:
    one, other = clue("x").day, clue("x", shift=1).day
    assert (score({"purchase_day": one}, {"purchase_day": other}) or 0) < (score({}, {}) or 0) - 20


def test_a_habit_on_another_day_is_no_evidence() -> None:
    assert (score({}, {"shift": 1}, is_habit=True) or 0) < 60 <= (score({}, {"shift": 1}) or 0)


def test_round_amounts_with_other_words_agree_by_chance() -> None:
    round_ones = {"amount_cents": -5000}
    assert (score(round_ones, {**round_ones, "text": "LIVRARIA"}) or 0) < 60
    assert (score({}, {"text": "LIVRARIA"}) or 0) >= 60


def test_round_amounts_on_another_day_prove_nothing() -> None:
    round_ones = {"amount_cents": -10000}
    assert (score(round_ones, {**round_ones, "shift": 2}) or 0) < 60 <= (score({}, {"shift": 2}) or 0)


@pytest.mark.parametrize(
    ("left", "right", "least"),
    [
        ("CAFE DA ESQUINA", "CAFE DA ESQUINA", 1.0),
        ("CAFE DA ESQUINA", "CAFE DA ESQUINA SAO PAULO BRA", 0.9),
        ("PAG CAFEDAESQUINA", "CAFE DA ESQUINA", 0.75),
        ("CAFE DA ESQUINA", "", 0.0),
    ],
)
def test_texts_are_alike_when_one_grew_out_of_the_other(left: str, right: str, least: float) -> None:
    assert likeness_of_texts(left, right) >= least
    assert likeness_of_texts("CAFE", "POSTO IPIRANGA") < 0.5
