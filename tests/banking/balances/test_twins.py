"""Which rows may be copies of others, and how likely."""

from datetime import UTC, datetime, timedelta

from tests.banking.balances.facts import known, row, step

from financehub.banking.balances.facts import Row
from financehub.banking.balances.twins import twins_of

AT = datetime(2026, 3, 11, 14, 7, 31, tzinfo=UTC)


def judged(*rows: Row) -> list[tuple[str, str, str, float]]:
    return [(twin[0].id, twin[1].id, twin[2], twin[3]) for twin in twins_of(step(0, *rows))]


def test_the_same_id_at_the_bank_is_all_but_proof() -> None:
    rows = known("a", -500, day=11, provider_id="x"), row("b", -500, provider_id="x")
    assert judged(*rows) == [("b", "a", "same_bank_id", 0.95)]


def test_two_ids_of_the_bank_are_two_rows() -> None:
    assert judged(row("a", -500, provider_id="x"), row("b", -500, provider_id="y")) == []


def test_a_coffee_bought_again_minutes_later_is_hardly_a_copy() -> None:
    rows = row("a", -500, occurred_at=AT), row("b", -500, occurred_at=AT + timedelta(minutes=9))
    assert judged(*rows) == [("b", "a", "same_words", 0.05)]


def test_the_same_second_makes_a_copy_likely() -> None:
    assert judged(row("a", -500, occurred_at=AT), row("b", -500, occurred_at=AT)) == [
        ("b", "a", "same_words", 0.85)
    ]


def test_coming_in_a_later_read_makes_a_copy_likelier_than_coming_together() -> None:
    together = judged(row("a", -500), row("b", -500))
    apart = judged(known("a", -500, day=11), row("b", -500))
    assert apart[0][3] > together[0][3]


def test_another_parcel_is_no_copy() -> None:
    assert judged(row("a", -500, parcel=1), row("b", -500, parcel=2)) == []


def test_rows_far_apart_or_of_another_amount_are_no_copies() -> None:
    assert judged(known("a", -500, day=2), row("b", -500), row("c", -501)) == []
