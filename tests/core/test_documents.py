"""CPF and CNPJ numbers are recognised by their check digits and masked wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.core.documents import compact, digits, is_cnpj, is_cpf, mask_documents

CPF, CNPJ = "12345678909", "11222333000181"


@pytest.mark.parametrize("number", [CPF, "52998224725"])
def test_right_cpfs(number: str) -> None:
    assert is_cpf(number)


@pytest.mark.parametrize("number", ["", "12345678900", "1234567890", "11111111111", CNPJ])
def test_wrong_cpfs(number: str) -> None:
    assert not is_cpf(number)


@pytest.mark.parametrize("number", [CNPJ, "00000000000191", "12ABC34501DE35"])
def test_right_cnpjs(number: str) -> None:
    assert is_cnpj(number)


@pytest.mark.parametrize(
    "number",
    ["", "11222333000180", "00000000000000", CPF, "12ABC34501DE36", "12abc34501de35", "12ABC34501DE3A"],
)
def test_wrong_cnpjs(number: str) -> None:
    assert not is_cnpj(number)


@given(place=st.sampled_from([9, 10]), change=st.integers(1, 9))
def test_a_wrong_check_digit_of_a_cpf_is_noticed(place: int, change: int) -> None:
    wrong = str((int(CPF[place]) + change) % 10)
    assert not is_cpf(CPF[:place] + wrong + CPF[place + 1 :])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("PIX 123.456.789-09 ANA", "PIX *** ANA"),
        ("PIX 12345678909 ANA", "PIX *** ANA"),
        ("TED 11.222.333/0001-81", "TED ***"),
        ("TED 11222333000181", "TED ***"),
        ("PIX 12.ABC.345/01DE-35 LTDA", "PIX *** LTDA"),
        ("PIX AB.CDE.FGH/IJKL-80", "PIX ***"),
        ("BOLETO 12345678900", "BOLETO 12345678900"),  # eleven digits, but no CPF
        ("NSU 123456789090", "NSU 123456789090"),  # one digit too many
        ("COMPRA 01/03", "COMPRA 01/03"),
        ("", ""),
    ],
)
def test_descriptions_lose_only_documents(text: str, masked: str) -> None:
    assert mask_documents(text) == masked


@given(text=st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask_documents(mask_documents(text)) == mask_documents(text)


def test_compact_keeps_letters_as_capitals() -> None:
    assert compact(" 12.abc.345/01de-35 ") == "12ABC34501DE35"
    assert compact("11.222.333/0001-81") == CNPJ


def test_digits_drops_the_rest() -> None:
    assert digits("11.222.333/0001-81") == CNPJ
