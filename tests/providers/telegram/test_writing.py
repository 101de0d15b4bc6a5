"""Texts become messages that Telegram takes: escaped, short enough, no mark left open."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.telegram_stand_in import _check

from financehub.providers.telegram import writing

LINE = st.text(
    st.characters(codec="utf-8", exclude_characters="<>&\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
    max_size=90,
)


def shown(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text)


def test_a_short_text_stays_one_message() -> None:
    assert writing.split("<b>Saldo</b>\nR$ 1,00") == ["<b>Saldo</b>\nR$ 1,00"]


def test_a_long_text_is_cut_at_a_line_end() -> None:
    lines = [f"linha {number} " + "x" * 50 for number in range(200)]
    parts = writing.split("\n".join(lines))
    assert "\n".join(parts).split("\n") == lines
    assert len(parts) == 3


def test_what_a_cut_leaves_open_is_closed_and_opened_again() -> None:
    text = "<b>" + "\n".join(["palavra " * 10] * 100) + "</b> fim"
    first, *_, last = writing.split(text)
    assert first.startswith("<b>")
    assert first.endswith("</b>")
    assert last.startswith("<b>")
    assert last.endswith("</b> fim")


def test_a_link_across_a_cut_keeps_its_address() -> None:
    text = '<a href="https://x.example/1">' + "\n".join(["a" * 60] * 100) + "</a>"
    assert all(part.startswith('<a href="https://x.example/1">') for part in writing.split(text))


def test_one_endless_line_is_cut_between_words() -> None:
    parts = writing.split("palavra " * 1000)
    assert {word for part in parts for word in part.split()} == {"palavra"}


def test_emojis_count_as_telegram_counts_them() -> None:
    parts = writing.split("\N{BANK}" * 3000)
    assert max(writing.length(part) for part in parts) <= 4096
    assert "".join(parts) == "\N{BANK}" * 3000


def test_fenced_code_is_closed_and_opened_again() -> None:
    text = "```\n" + "\n".join(["codigo " * 8] * 100) + "\n```"
    assert all(part.count("```") == 2 for part in writing.split(text, "MarkdownV2"))


@settings(max_examples=40, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=120), st.integers(200, 900))
def test_any_text_in_parts_is_whole_and_well_formed(lines: list[str], limit: int) -> None:
    text = "\n".join(f"<b>{line}</b> <i>{line}" + "</i>" for line in lines)
    parts = writing.split(text, "HTML", limit)
    for part in parts:
        _check(part, "HTML", limit)
    assert re.sub(r"\s", "", shown("".join(parts))) == re.sub(r"\s", "", shown(text))


@pytest.mark.parametrize(
    ("escape", "escaped"),
    [(writing.escape_html, "&lt;b&gt;A &amp; B"), (writing.escape_markdown, r"<b\>A & B")],
)
def test_words_of_others_are_shown_as_they_are(escape, escaped: str) -> None:  # type: ignore[no-untyped-def]
    assert escape("<b>A & B") == escaped
