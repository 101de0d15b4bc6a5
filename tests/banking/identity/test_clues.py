"""What of a stored row is evidence."""

from datetime import date

import msgspec
import pytest
from tests.builders import make_account, make_transaction

from financehub.banking.identity.clues import clue_of, normalised
from financehub.core import crypto


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Padaria P\u00e3o Quente", "PADARIA PAO QUENTE"),
        ("LOJA X 03/10", "LOJA X"),
        ("PAG*Uber   Trip", "PAG UBER TRIP"),
        ("Loja parcela 2 de 6", "LOJA PARCELA"),
    ],
)
def test_words_are_compared_without_their_dress(text: str, plain: str) -> None:
    assert normalised(text) == plain


def test_the_sealed_details_are_read(db: None) -> None:
    details = {
        "descriptionRaw": "PADARIA LTDA",
        "creditCardMetadata": {"purchaseDate": "2026-05-02T00:00:00.000Z", "payeeMCC": 5462},
        "paymentData": {"referenceNumber": "E00000000202611051200abcdef12345"},
    }
    row = make_transaction(details=crypto.seal(msgspec.json.encode(details)))
    clue = clue_of(row)
    assert (clue.purchase_day, clue.mcc, clue.raw_text) == (date(2026, 5, 2), "5462", "PADARIA LTDA")
    assert clue.reference == "E00000000202611051200abcdef12345"


def test_a_parcela_is_read_from_the_words_when_the_bank_gives_no_number(db: None) -> None:
    card = make_account(type="CREDIT")
    assert clue_of(make_transaction(account=card, description="LOJA 03/10")).installment == (3, 10)
    assert clue_of(make_transaction(account=card, description="LOJA 11/10")).installment is None
    assert clue_of(make_transaction(description="PIX 03/10")).installment is None
