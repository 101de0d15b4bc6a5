"""How templates write money, banks and small drawings."""

import pytest

from financehub.banking.models import Connector
from financehub.web.templatetags import finance


class TestAmount:
    @pytest.mark.parametrize(
        ("cents", "signed", "text"),
        [
            (123_456, False, "R$ 1.234,56"),
            (-5, True, "-R$ 0,05"),
            (100, True, "+R$ 1,00"),
            (0, True, "R$ 0,00"),
        ],
    )
    def test_never_breaks_across_lines(self, cents: int, signed: bool, text: str) -> None:
        assert text.replace(" ", "\N{NO-BREAK SPACE}") in finance.amount(cents, "BRL", signed=signed)

    def test_marks_money_in_only_where_signs_matter(self) -> None:
        assert 'class="amount in"' in finance.amount(1, signed=True)
        assert 'class="amount"' in finance.amount(1)

    def test_shows_a_dash_for_nothing(self) -> None:
        assert ">-<" in finance.amount(None)


class TestBankMark:
    @pytest.mark.parametrize(
        ("name", "initials"),
        [("Itaú", "IT"), ("Banco do Brasil", "BR"), ("Pluggy Bank", "PB"), ("", ""), ("C6 Bank", "CB")],
    )
    def test_draws_the_initials(self, name: str, initials: str) -> None:
        assert f">{initials}</text>" in finance.bank_mark(Connector(name=name, primary_color="#EC7000"))

    def test_writes_dark_on_a_bright_colour(self) -> None:
        assert 'fill="#13211c"' in finance.bank_mark(Connector(name="BB", primary_color="FFEF38"))
        assert 'fill="#ffffff"' in finance.bank_mark(Connector(name="Nu", primary_color="8A05BE"))

    @pytest.mark.parametrize("colour", ["", "red", '"/><script>', "12345"])
    def test_falls_back_to_our_own_colour(self, colour: str) -> None:
        assert 'fill="#0b5c53"' in finance.bank_mark(Connector(name="X", primary_color=colour))


class TestSparkline:
    def test_draws_nothing_without_numbers(self) -> None:
        assert finance.sparkline([]) == ""

    def test_draws_a_line_and_the_area_below_it(self) -> None:
        drawing = finance.sparkline([1, 2])

        assert 'points="0,260 880,20"' in drawing
        assert 'points="0,280 0,260 880,20 880,280"' in drawing


class TestFieldWords:
    def test_names_fields_as_a_person_does(self) -> None:
        assert finance.field_words(["own_note", "is_ignored", "unknown"]) == "nota, se conta nas somas"
