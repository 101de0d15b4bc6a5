"""Reasons and questions in words."""

from financehub.web.templatetags import review


def test_reasons_are_listed_in_words_without_unknown_codes() -> None:
    assert review.reasons(["same_amount", "same_day", "quite new"]) == "mesmo valor, mesmo dia"


def test_questions_and_outcomes_have_words() -> None:
    assert review.question("rekeyed") == "O banco trocou este lançamento?"
    assert "guardado" in review.question_hint("rekeyed")
    assert review.outcome("ACCEPTED") == "confirmado"
