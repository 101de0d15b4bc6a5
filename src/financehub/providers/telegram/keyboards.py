"""Buttons under a message, as the Bot API writes them."""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_DATA = 64  # bytes


@dataclass(frozen=True)
class Button:
    """A button that sends `data` back to us, or opens `url`; exactly one of the two."""

    text: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.data) == bool(self.url):
            raise ValueError("a button has either data or an address")
        if len(self.data.encode()) > LONGEST_DATA:
            raise ValueError(f"the data of a button has at most {LONGEST_DATA} bytes")


Rows = Sequence[Sequence[Button]]


def inline(rows: Rows) -> dict[str, object]:
    """The value of `reply_markup`; no rows take the buttons of an edited message away."""
    return {"inline_keyboard": [[_written(button) for button in row] for row in rows if row]}


def _written(button: Button) -> dict[str, str]:
    where = {"url": button.url} if button.url else {"callback_data": button.data}
    return {"text": button.text, **where}
