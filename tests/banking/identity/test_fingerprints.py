"""Which row is which when ids say nothing."""

from datetime import UTC, datetime

from tests.banking.identity.clue_making import clue, key

from financehub.banking.identity.fingerprints import Placed, pairs

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def placed(name: str, order: int = 0, **fields: object) -> Placed:
    return Placed(clue(name, **fields), order, NOON)  # type: ignore[arg-type]


def test_the_banks_own_id_comes_first() -> None:
    olds, news = [placed("a", provider_id="p")], [placed("b", provider_id="p", shift=3, text="X")]
    assert pairs(olds, news) == [(key("a"), key("b"), "provider_id")]


def test_equal_rows_pair_by_their_place_among_equals() -> None:
    olds = [placed("a2", order=2), placed("a1", order=1)]
    news = [placed("b1", order=10), placed("b2", order=20)]
    assert pairs(olds, news) == [
        (key("a1"), key("b1"), "fingerprint"),
        (key("a2"), key("b2"), "fingerprint"),
    ]


def test_two_and_one_are_not_paired() -> None:
    assert pairs([placed("a1"), placed("a2")], [placed("b1")]) == []


def test_another_day_is_another_row() -> None:
    assert pairs([placed("a")], [placed("b", shift=1)]) == []
