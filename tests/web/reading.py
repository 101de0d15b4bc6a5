"""What a person would read on an answer: its text without markup, spaces collapsed."""

import re
from html import unescape

from django.http import HttpResponse

HIDDEN = re.compile(r"<(script|style|template|svg)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def text_of(answer: HttpResponse, *, status: int = 200) -> str:
    """The visible text of a page that answered 200, or what is told."""
    assert answer.status_code == status, answer.status_code
    markup = HIDDEN.sub(" ", answer.content.decode())
    text = re.sub(r"\s+", " ", unescape(TAG.sub(" ", markup)))
    return re.sub(r"\s+([.,;:!?])", r"\1", text)
