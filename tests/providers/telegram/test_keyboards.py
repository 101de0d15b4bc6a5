"""Buttons."""

import pytest

from financehub.providers.telegram.keyboards import Button, inline


def test_rows_without_buttons_are_left_out() -> None:
    assert inline([[], [Button("Sim", data="y")]]) == {
        "inline_keyboard": [[{"text": "Sim", "callback_data": "y"}]]
    }


@pytest.mark.parametrize("wrong", [{}, {"data": "x", "url": "https://x"}, {"data": "\u00e9" * 33}])
def test_a_button_that_telegram_would_refuse_is_never_made(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="button"):
        Button("x", **wrong)
