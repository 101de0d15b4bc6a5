"""/idioma."""

import pytest
from tests.telegram_world import Chat

pytestmark = pytest.mark.django_db


def test_the_answer_speaks_the_chosen_language_already(phone: Chat) -> None:
    phone.says("/idioma")
    assert phone.presses("English").text == "Fine, I speak English."
    assert phone.chat.language == "en"
    assert phone.says("/help").text.startswith("<b>What I can do</b>")
    phone.phone.sends_data("idioma:klingon")
    assert phone.settle().labels == ["Português", "English"]
    assert phone.presses("Português").text == "Certo, falo português."
