"""Limits that cards share count once."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.banking.cards.limits import CardLimit, Sharing, shared_limits, sharing

BANK, OTHER = UUID(int=1), UUID(int=2)


def card(number: int = 1, **fields: Any) -> CardLimit:
    values: dict[str, Any] = {
        "account_id": UUID(int=number),
        "item_id": BANK,
        "currency": "BRL",
        "limit_cents": 100000,
        "available_cents": 40000,
        **fields,
    }
    return CardLimit(**values)


class TestTwoCards:
    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({}, Sharing.SAME_NUMBERS),
            ({"item_id": OTHER}, Sharing.ALONE),
            ({"currency": "USD"}, Sharing.ALONE),
            ({"limit_cents": 100001}, Sharing.ALONE),
            ({"available_cents": 39999}, Sharing.ALONE),
            ({"available_cents": 39999, "is_additional": True}, Sharing.ADDITIONAL),
            ({"available_cents": None}, Sharing.ALONE),
        ],
    )
    def test_share_a_limit_when_the_evidence_says_so(self, fields: dict[str, Any], why: Sharing) -> None:
        assert sharing(card(), card(2, **fields)) == why
        assert sharing(card(2, **fields), card()) == why

    def test_share_it_when_the_bank_calls_it_consolidated(self) -> None:
        said = [card(number, consolidation="CONSOLIDADO") for number in (1, 2)]
        assert sharing(*said) == Sharing.SAID

    def test_never_share_one_that_the_bank_calls_each_cards_own(self) -> None:
        own = [card(number, consolidation="INDIVIDUAL") for number in (1, 2)]
        assert sharing(*own) == Sharing.ALONE

    def test_kept_by_hand_share_nothing(self) -> None:
        assert sharing(card(item_id=None), card(2, item_id=None)) == Sharing.ALONE


class TestALimit:
    def test_of_three_cards_counts_once(self) -> None:
        (limit,) = shared_limits([card(1), card(2), card(3)])
        assert (limit.limit_cents, limit.available_cents, limit.used_cents) == (100000, 40000, 60000)
        assert (len(limit.account_ids), limit.why) == (3, Sharing.SAME_NUMBERS)

    def test_that_no_card_tells_is_not_there(self) -> None:
        assert shared_limits([card(limit_cents=None)]) == []

    def test_of_which_the_free_part_is_unknown_has_no_used_part(self) -> None:
        (limit,) = shared_limits([card(available_cents=None)])
        assert limit.used_cents is None

    def test_passed_by_its_use_is_used_whole(self) -> None:
        (limit,) = shared_limits([card(available_cents=-5)])
        assert limit.used_cents == 100005


@given(
    st.lists(
        st.tuples(st.sampled_from([BANK, OTHER]), st.sampled_from([100, 200]), st.sampled_from([50, 60]))
    )
)
def test_every_card_is_in_exactly_one_limit(cards: list[tuple[UUID, int, int]]) -> None:
    made = [
        card(number, item_id=item, limit_cents=limit, available_cents=free)
        for number, (item, limit, free) in enumerate(cards)
    ]
    found = [key for limit in shared_limits(made) for key in limit.account_ids]
    assert sorted(found) == sorted(one.account_id for one in made)
    assert len(shared_limits(made)) == len(set(cards))
