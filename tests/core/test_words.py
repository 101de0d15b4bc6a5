"""A sentence speaks the language of the page."""

from django.utils import translation

from financehub.core.words import NOTHING, Words, is_english

HELLO = Words("Oi", "Hello")


class TestWords:
    def test_speak_portuguese_unless_the_page_is_english(self) -> None:
        assert str(HELLO) == "Oi"
        with translation.override("en"):
            assert str(HELLO) == "Hello"

    def test_are_false_when_there_is_nothing_to_say(self) -> None:
        assert HELLO
        assert not NOTHING


def test_any_english_is_english() -> None:
    with translation.override("en-gb"):
        assert is_english()
    assert not is_english()
