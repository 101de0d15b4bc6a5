"""Text as Telegram takes it: escaped, and cut into messages on line ends without breaking its markup."""

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from financehub.providers.late import LateModule

if TYPE_CHECKING:
    import telegram
else:
    telegram = LateModule("telegram")


LONGEST_TEXT = 4096  # UTF-16 code units; counted with the markup, so a part is never too long
LONGEST_CAPTION = 1024
TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^>]*)>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:[a-z]+|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
FENCE = "```"


def escape_html(text: str) -> str:
    """Any text, shown as it is under parse_mode HTML."""
    return html.escape(text, quote=True)


def escape_markdown(text: str) -> str:
    """Any text, shown as it is under parse_mode MarkdownV2."""
    return telegram.helpers.escape_markdown(text, version=2)


def length(text: str) -> int:
    """As Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def split(text: str, parse_mode: str | None = "HTML", limit: int = LONGEST_TEXT) -> list[str]:
    """The text in parts of at most `limit`, cut at line ends; what a cut would leave open is closed and opened again.

    Under HTML that holds for every tag, under MarkdownV2 for fenced code: other marks must end on their own line.
    """
    if length(text) <= limit:
        return [text]
    parts: list[str] = []
    current = opened = ""
    for piece in _pieces(text, parse_mode, limit):
        closing = _closing(_open_marks(current + piece, parse_mode), parse_mode)
        if current != opened and length(current + piece + closing) > limit:
            marks = _open_marks(current, parse_mode)
            parts.append(current.rstrip("\n") + _closing(marks, parse_mode))
            opened = current = _opening(marks, parse_mode)
        current += piece
    if current != opened:
        parts.append(current)
    return [part for part in parts if part.strip()]


def _pieces(text: str, parse_mode: str | None, limit: int) -> Iterator[str]:
    """Lines with their ends; a line that could fill a message by itself comes in words, or in letters."""
    room = limit // 2
    for line in text.splitlines(keepends=True):
        if length(line) <= room:
            yield line
            continue
        for atom in _atoms(line, parse_mode):
            if length(atom) <= room or TAG.fullmatch(atom):
                yield atom
            else:
                yield from (atom[start : start + room // 2] for start in range(0, len(atom), room // 2))


def _atoms(line: str, parse_mode: str | None) -> list[str]:
    """What may not be cut inside: words with the space behind them, and under HTML tags and entities."""
    pattern = r"<[^>]*>|&[a-z0-9#]+;|[^<&\s]+\s*|\s+|[<&]" if parse_mode == "HTML" else r"\S+\s*|\s+"
    return re.findall(pattern, line, re.IGNORECASE)


def _open_marks(text: str, parse_mode: str | None) -> list[tuple[str, str]]:
    """The marks still open at the end, outermost first, each as its name and how it was opened."""
    if parse_mode == "HTML":
        return _open_tags(text)
    if parse_mode == "MarkdownV2" and text.count(FENCE) % 2:
        return [(FENCE, FENCE)]
    return []


def _open_tags(text: str) -> list[tuple[str, str]]:
    marks: list[tuple[str, str]] = []
    for found in TAG.finditer(text):
        name = found[2].lower()
        if not found[1]:
            marks.append((name, found[0]))
        elif any(mark == name for mark, _ in marks):
            while marks.pop()[0] != name:
                pass
    return marks


def _closing(marks: list[tuple[str, str]], parse_mode: str | None) -> str:
    if parse_mode == "HTML":
        return "".join(f"</{name}>" for name, _ in reversed(marks))
    return "".join(f"\n{name}" for name, _ in marks)


def _opening(marks: list[tuple[str, str]], parse_mode: str | None) -> str:
    end = "" if parse_mode == "HTML" else "\n"
    return "".join(f"{opened}{end}" for _, opened in marks)
