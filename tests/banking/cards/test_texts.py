"""What banks print on card rows."""

import pytest

from financehub.banking.cards import texts


@pytest.mark.parametrize(
    "text",
    [
        "MAGAZINE LUIZA 03/10",
        "Magazine Luiza 3/10",
        "Magazine Luiza - Parcela 3 de 10",
        "MAGAZINE LUIZA (03/10)",
        "magazine  luiza PARC 03/10",
        "Magazine Luiza",
    ],
)
def test_parcelas_of_one_purchase_have_one_stem(text: str) -> None:
    assert texts.stem(text) == "magazine luiza"


def test_a_person_reads_the_shop_without_its_number() -> None:
    assert texts.shown_stem("Óticas Carol 02/04") == "Óticas Carol"
    assert texts.shown_stem("03/10") == "03/10"


def test_accents_capitals_and_spaces_are_levelled() -> None:
    assert texts.plain("  Juros   Remuneratórios ") == "juros remuneratorios"


@pytest.mark.parametrize(
    "text",
    [
        "IOF de compra internacional",
        "Multa por atraso",
        "Juros de mora",
        "Mora",
        "JUROS REMUNERATÓRIOS",
        "Encargos de rotativo",
        "Encargo de financiamento",
        "Saldo anterior",
        "Valor da fatura anterior",
        "Débito fatura anterior",
        "Fatura anterior",
        "Saldo devedor",
        "Saldo em rotativo",
        "Saldo rotativo",
    ],
)
def test_whatever_is_no_purchase_says_one_of_the_telling_words(text: str) -> None:
    patterns = [texts.CARRIED, *texts.CHARGES.values()]
    assert any(pattern.match(texts.plain(text)) for pattern in patterns)
    assert any(word in text.lower() for word in texts.TELLING)
