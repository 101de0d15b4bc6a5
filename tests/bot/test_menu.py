"""The commands and their names."""

import pytest

from financehub.bot import conversation, menu


def test_every_listed_command_is_answered() -> None:
    assert {name for name, _ in menu.listed(english=False)} | {"start"} == set(conversation.COMMANDS)


def test_names_lead_to_one_command() -> None:
    assert menu.canonical("SALDO") == menu.canonical("balance") == "saldo"
    assert menu.canonical("start") == "start"
    assert menu.canonical("nada") == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("saldo", ("saldo", "")),
        ("Minhas contas?", ("minhas_contas", "")),
        ("conectar banco nubank", ("conectar_banco", "nubank")),
        ("extrato  Zé Delivery", ("extrato", "Zé Delivery")),
        ("saldo de ontem", ("", "")),
        ("start abc", ("", "")),
        ("oi", ("", "")),
        ("", ("", "")),
    ],
)
def test_words_may_mean_a_command(text: str, meant: tuple[str, str]) -> None:
    assert menu.meant(text) == meant


def test_the_menu_speaks_both_languages_within_telegrams_limits() -> None:
    for english in (True, False):
        for name, words in menu.listed(english=english):
            assert name.isascii()
            assert name.islower()
            assert len(name) <= 32
            assert 3 <= len(words) <= 256
