"""When a row's words, kind or habit contradict its sign."""

import pytest
from tests.banking.balances.facts import known, row

from financehub.banking.balances.signs import contradiction, says


def test_a_row_that_always_came_the_other_way_is_suspect() -> None:
    habit = [known("a", 100), known("b", 200)]
    assert contradiction(row("c", -300), habit, is_card=False) == ("always_the_other_way", 0.6)


def test_once_is_less_than_always() -> None:
    assert contradiction(row("c", -300), [known("a", 100)], is_card=False) == ("always_the_other_way", 0.2)


def test_a_habit_of_both_ways_says_nothing() -> None:
    assert contradiction(row("c", -300), [known("a", 100), known("b", -9)], is_card=False) == ("", 0.0)


def test_words_count_where_there_is_no_habit() -> None:
    turned = row("c", -300, text="pix recebido de joao")
    assert contradiction(turned, [], is_card=False) == ("says_the_opposite", 0.3)


@pytest.mark.parametrize(
    ("fields", "is_card", "direction"),
    [
        ({"operation": "FOLHA_PAGAMENTO"}, False, 1),
        ({"operation": "TARIFA"}, False, -1),
        ({"operation": "PAGAMENTO_FATURA"}, True, 1),
        ({"text": "pix enviado maria"}, False, -1),
        ({"text": "salario empresa"}, False, 1),
        ({"text": "estorno de compra"}, True, 1),
        ({"text": "mercado", "category": "10000000"}, True, -1),
        ({"text": "loja", "category": "01010000"}, False, 1),
        ({"text": "loja"}, False, 0),
    ],
)
def test_kinds_and_words_have_a_direction(fields: dict[str, str], is_card: bool, direction: int) -> None:
    assert says(row("a", 1, **fields), is_card=is_card) == direction
