import pytest
from tests.stripe_sandbox.box import Box

from stripe_sandbox.pages import cardform
from stripe_sandbox.pages.cardform import (
    Form,
    FormWrong,
    boleto_fields,
    card_fields,
    read_method,
    read_typed,
    refusal_words,
)

CARD = {"method": "card", "number": "4242 4242 4242 4242", "expiry": "12/34", "cvc": "123", "name": "Ana"}


def wrong(box: Box, **typed: str) -> dict[str, str]:
    with pytest.raises(FormWrong) as caught:
        read_method(box.world, {**CARD, **typed}, "en")
    return caught.value.errors


def test_a_whole_form_is_a_payment_method(box: Box) -> None:
    method = read_method(box.world, CARD, "pt")
    assert (method["card"]["exp_month"], method["card"]["exp_year"]) == (12, 2034)
    assert method["billing_details"]["name"] == "Ana"


def test_what_is_wrong_is_told_by_field(box: Box) -> None:
    assert set(wrong(box, number="", cvc="")) == {"number", "cvc"}
    assert wrong(box, expiry="13/34") == {"expiry": "Use MM/YY, in the future."}
    assert "Real cards" in wrong(box, number="4539578763621486")["number"]
    assert set(wrong(box, method="boleto")) == {"payer", "tax_id"}
    assert set(wrong(box, method="boleto", payer="Ana", tax_id="1")) == {"tax_id"}


def test_a_cards_number_and_code_are_never_written_back() -> None:
    html = card_fields("pt", Form(CARD, {"cvc": "Falta"}))
    assert "4242 4242 4242 4242" in html  # the placeholder
    assert 'value="4242' not in html
    assert 'value="123"' not in html
    assert 'value="12/34"' in html
    assert "Falta" in html
    assert 'value="Ana"' in boleto_fields("pt", Form({"payer": "Ana"}))


def test_refusals_have_words_in_both_languages() -> None:
    assert refusal_words("insufficient_funds", "en") == "The card has insufficient funds."
    assert refusal_words("anything", "pt") == "O cartão foi recusado. Tente outro."


def test_forms_are_read_as_plain_texts() -> None:
    assert read_typed(b"a=+x+&b[c]=1") == {"a": "x"}
    assert "4000 0025 0000 3155" in cardform.test_card_help("pt")
