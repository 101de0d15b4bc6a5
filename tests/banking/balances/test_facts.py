"""A step knows what came in it."""

from datetime import timedelta

from tests.banking.balances.facts import BASE, known, row, step

from financehub.banking.balances.facts import Cause, Part


class TestStep:
    def test_grows_by_the_difference_of_its_two_gaps(self) -> None:
        assert step(-700).cents == -700

    def test_takes_rows_that_came_or_changed_in_it_as_news(self) -> None:
        old, changed, new = known("a", -1), known("b", -2, news_at=BASE + timedelta(hours=1)), row("c", -3)
        assert step(0, old, changed, new).news == [changed, new]

    def test_leaves_what_came_after_it_to_the_next(self) -> None:
        assert step(0, row("a", -1, arrived=BASE + timedelta(days=2))).news == []

    def test_counts_no_row_that_the_balance_does_not_hold(self) -> None:
        counted, pending = row("a", -1), row("b", -2, counted=False, is_pending=True)
        assert step(0, counted, pending).counted_news == [counted]

    def test_lost_only_rows_that_were_there_before_it(self) -> None:
        at = BASE + timedelta(hours=2)
        before = known("a", -1, counted=False, is_gone=True, news_at=at)
        during = row("b", -2, counted=False, is_gone=True, arrived=BASE + timedelta(hours=1), news_at=at)
        assert step(0, before, during).went == [before]


def test_a_part_is_kept_as_json_with_its_day() -> None:
    part = Part(Cause.DUPLICATE, 150, "same_words", ("a", "b"), BASE.date())
    assert part.as_json() == {
        "cause": "duplicate",
        "cents": 150,
        "hint": "same_words",
        "rows": ["a", "b"],
        "day": "2026-03-10",
    }
