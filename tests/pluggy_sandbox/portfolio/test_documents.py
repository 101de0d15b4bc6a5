"""CPF, CNPJ and boletos with right check digits."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluggy_sandbox.portfolio import documents

ROOT = st.integers(min_value=1)


@pytest.mark.parametrize("document", ["76109277673", "23824264030", "05117767055", "11144477735"])
def test_knows_real_cpfs(document: str) -> None:
    assert documents.is_cpf(document)


@pytest.mark.parametrize("document", ["11222333000181", "45997418000153", "00000000000191", "60701190000104"])
def test_knows_real_cnpjs(document: str) -> None:
    assert documents.is_cnpj(document)


@given(st.integers(min_value=1, max_value=10**9 - 2), st.integers(min_value=1, max_value=9))
def test_a_changed_digit_is_no_cpf(number: int, step: int) -> None:
    good = documents.cpf(f"{number:09d}")
    wrong = good[:4] + str((int(good[4]) + step) % 10) + good[5:]
    assert not documents.is_cpf(wrong)


@given(st.text(min_size=1))
def test_names_give_lasting_documents(name: str) -> None:
    assert documents.is_cpf(documents.cpf_named(name))
    assert documents.is_cnpj(documents.cnpj_named(name))
    assert documents.cnpj_named(name) == documents.cnpj_named(name)


def test_formats_by_length() -> None:
    assert documents.formatted("76109277673") == "761.092.776-73"
    assert documents.formatted("11222333000181") == "11.222.333/0001-81"


@given(st.integers(min_value=1, max_value=10**10 - 1), st.dates(date(2010, 1, 1), date(2040, 1, 1)))
def test_a_boleto_says_its_bank_and_amount_twice(cents: int, due: date) -> None:
    line, barcode = documents.boleto("341", due, cents, Random(cents))
    assert (len(line), len(barcode)) == (47, 44)
    assert line.isdigit()
    assert barcode[:4] == line[:4] == "3419"
    assert int(barcode[9:19]) == int(line[-10:]) == cents
    assert barcode[4] == line[32]


def test_a_known_boleto_line_has_right_field_digits() -> None:
    line, _ = documents.boleto("237", date(2026, 11, 30), 12345, Random(1))
    for field, digit in ((line[:9], line[9]), (line[10:20], line[20]), (line[21:31], line[31])):
        total = sum(sum(divmod(int(d) * (2 - place % 2), 10)) for place, d in enumerate(reversed(field)))
        assert (total + int(digit)) % 10 == 0
