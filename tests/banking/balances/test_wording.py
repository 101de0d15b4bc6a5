"""Descriptions made comparable."""

import pytest

from financehub.banking.balances.wording import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PIX Recebido 12/03 - JOÃO", "pix recebido joao"), ("  *  ", ""), ("Água & Luz", "agua luz")],
)
def test_letters_alone_are_compared(text: str, expected: str) -> None:
    assert plain(text) == expected
