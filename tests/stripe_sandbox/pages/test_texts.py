from string import Formatter

import pytest

from stripe_sandbox.pages.texts import LANGUAGES, TEXTS, say


def marks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_it_with_the_same_marks(key: str) -> None:
    portuguese, english = TEXTS[key]
    assert portuguese
    assert english
    assert marks(portuguese) == marks(english)


def test_marks_are_filled() -> None:
    assert [say(language, "renews", date="1/1") for language in LANGUAGES] == [
        "Renova em 1/1",
        "Renews on 1/1",
    ]
