"""Which pairs are certain, which are for a person."""

from dataclasses import replace
from uuid import UUID

from tests.banking.identity.clue_making import clue, key

from financehub.banking.identity.clues import Clue
from financehub.banking.identity.matching import Matching, key_of, match


def matched(olds: list[Clue], news: list[Clue], **options: object) -> Matching:
    settings: dict[str, object] = {"allowed": lambda _old, _new: True, **options}
    return match(olds, news, **settings)  # type: ignore[arg-type]


def pairs(found: Matching) -> set[tuple[UUID, UUID]]:
    return {(one.old, one.new) for one in found.matches}


def test_one_to_one_is_bound() -> None:
    assert pairs(matched([clue("a")], [clue("b", amount_cents=-4800)])) == {(key("a"), key("b"))}


def test_equal_rows_are_one_group_with_all_candidates() -> None:
    found = matched([clue("a1"), clue("a2")], [clue("b1"), clue("b2")])
    assert found.matches == []
    (group,) = found.groups
    assert set(group.olds) == {key("a1"), key("a2")}
    assert {one.new for one in group.candidates} == {key("b1"), key("b2")}


def test_one_that_went_and_two_equal_that_came_is_for_a_person() -> None:
    found = matched([clue("a")], [clue("b1"), clue("b2")])
    assert (found.matches, len(found.groups[0].candidates)) == ([], 2)


def test_daily_coffees_are_told_apart_by_their_days() -> None:
    olds = [clue(f"a{day}", shift=day) for day in range(5)]
    news = [clue(f"b{day}", shift=day) for day in range(5)]
    assert pairs(matched(olds, news)) == {(key(f"a{day}"), key(f"b{day}")) for day in range(5)}


def test_daily_coffees_that_all_moved_are_not_guessed() -> None:
    olds = [clue("a0", shift=0), clue("a1", shift=1)]
    news = [clue("b1", shift=1), clue("b2", shift=2)]
    assert matched(olds, news).matches == []


def test_a_repeated_purchase_on_another_day_is_not_taken_for_the_one_that_went() -> None:
    habit = frozenset({key_of(clue("x"))})
    assert matched([clue("a")], [clue("b", shift=1)], recurring=habit).matches == []


def test_what_a_person_refused_is_never_bound() -> None:
    assert matched([clue("a")], [clue("b")], allowed=lambda _old, _new: False).matches == []


def test_a_former_id_is_certain() -> None:
    found = matched([clue("a")], [clue("b", text="X", shift=9)], former=frozenset({(key("a"), key("b"))}))
    assert found.matches[0].reasons == ("former_id",)


def test_what_is_left_of_a_closing_is_recognised_by_little() -> None:
    olds = [
        clue(f"a{n}", text=f"LOJA {n * 7919}", shift=3 * n, amount_cents=-1000 - 37 * n) for n in range(9)
    ]
    news = [
        clue(f"b{n}", text=f"LOJA {n * 7919}", shift=3 * n, amount_cents=-1000 - 37 * n) for n in range(8)
    ]
    olds[8] = replace(olds[8], status="PENDING")
    changed = clue("b8", text="NOME NOVO", shift=24, amount_cents=-1350)
    found = matched(olds, [*news, changed])
    assert (key("a8"), key("b8")) in pairs(found)
    assert "left_over" in found.matches[-1].reasons


def test_the_same_little_alone_is_not_enough() -> None:
    found = matched([clue("a")], [clue("b", text="NOME NOVO", amount_cents=-5000)])
    assert (found.matches, found.groups[0].candidates[0].new) == ([], key("b"))


def test_a_large_tangle_is_still_told_apart() -> None:
    olds = [clue(f"a{n}", amount_cents=-4000 - n) for n in range(150)]
    news = [clue(f"b{n}", amount_cents=-4000 - n) for n in range(150)]
    assert pairs(matched(olds, news)) == {(key(f"a{n}"), key(f"b{n}")) for n in range(150)}
