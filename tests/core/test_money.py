"""Cents are exact: nothing is gained or lost between the vendor's text, the row and the screen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financehub.core.money import (
    MAX_CENTS,
    AmountOutOfRange,
    format_amount,
    is_whole_cents,
    to_cents,
    to_decimal,
)

CENTS = st.integers(min_value=-MAX_CENTS, max_value=MAX_CENTS)
AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False)


@given(cents=CENTS)
def test_cents_survive_the_way_to_a_decimal_and_back(cents: int) -> None:
    assert to_cents(to_decimal(cents)) == cents


@given(cents=CENTS, places=st.integers(min_value=0, max_value=6))
def test_trailing_zeros_change_nothing(cents: int, places: int) -> None:
    assert to_cents(Decimal(f"{to_decimal(cents):f}" + "0" * places)) == cents


@given(amount=AMOUNTS)
def test_rounding_moves_an_amount_by_half_a_cent_at_most(amount: Decimal) -> None:
    assert abs(to_decimal(to_cents(amount)) - amount) <= Decimal("0.005")


@given(amount=AMOUNTS)
def test_a_debit_rounds_as_the_credit_does(amount: Decimal) -> None:
    assert to_cents(-amount) == -to_cents(amount)


@given(amount=AMOUNTS)
def test_whole_cents_are_known(amount: Decimal) -> None:
    assert is_whole_cents(amount) == (to_decimal(to_cents(amount)) == amount)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("0.005", 0), ("0.015", 2), ("0.025", 2), ("-0.015", -2), ("1e2", 10_000), ("99.999", 10_000)],
)
def test_half_a_cent_goes_to_the_even_one(text: str, cents: int) -> None:
    assert to_cents(Decimal(text)) == cents


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "-Infinity", "92233720368547758.08", "-92233720368547758.08", "1e17", "1e400"]
)
def test_what_no_bank_could_mean_is_refused(text: str) -> None:
    with pytest.raises(AmountOutOfRange):
        to_cents(Decimal(text))


@given(cents=CENTS)
def test_what_a_screen_shows_reads_back_as_the_same_cents(cents: int) -> None:
    shown = format_amount(cents)
    sign = -1 if shown.startswith("-") else 1
    assert sign * int(shown.removeprefix("-").removeprefix("R$ ").replace(".", "").replace(",", "")) == cents


@pytest.mark.parametrize(
    ("cents", "currency", "shown"),
    [
        (123_456, "BRL", "R$ 1.234,56"),
        (-5, "BRL", "-R$ 0,05"),
        (0, "BRL", "R$ 0,00"),
        (300, "USD", "US$ 3,00"),
        (100_000_000, "JPY", "JPY 1.000.000,00"),
    ],
)
def test_amounts_look_as_brazilians_write_them(cents: int, currency: str, shown: str) -> None:
    assert format_amount(cents, currency) == shown
