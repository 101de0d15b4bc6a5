"""Questions: one per row, growing, and closing by themselves."""

from tests.banking.identity.cards import Card, row

from financehub.banking.models import ReviewCase, ReviewRow
from financehub.core.models import Event


def test_a_later_candidate_joins_the_question_there_is(card: Card) -> None:
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    card.sync(row("b1"), row("b2"), row("b3"))
    (case,) = card.cases()
    offers = ReviewRow.objects.of(card.item.company_id).filter(case=case, role="candidate")
    assert offers.count() == 3


def test_a_question_is_told_to_open_screens(card: Card) -> None:
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    (case,) = card.cases()
    assert Event.objects.filter(topic="review", object_id=str(case.pk)).count() == 1


def test_a_question_closes_when_its_row_is_recognised_after_all(card: Card) -> None:
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    card.sync(row("a1"), row("b2"))
    assert [case.status for case in ReviewCase.objects.of(card.item.company_id)] == ["CLOSED"]
