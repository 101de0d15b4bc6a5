"""Every reason the product can give has words."""

from financehub.banking.identity import likeness, transfers
from financehub.banking.models import ReviewCase
from financehub.web.reviewing import texts


def test_every_kind_of_question_has_words() -> None:
    assert set(texts.QUESTIONS) == set(texts.HINTS) == set(ReviewCase.Kind.values)


def test_every_reason_in_the_code_has_words() -> None:
    codes = {
        *likeness.SURE_OF_DAY,
        *(f"{end}_as_bill_payment" for end in ("sent", "received")),
        "same_amount",
        "left_over",
        "person",
    }
    assert codes <= set(texts.REASONS)
    assert transfers.ENOUGH > 0


def test_a_refusal_is_told_even_when_its_code_is_new() -> None:
    assert texts.refusal("nothing_to_undo") == "Já não há o que desfazer aqui."
    assert texts.refusal("something else") == "Esta opção não existe mais. Veja de novo."
