"""How fast Telegram lets a bot speak: thirty messages a second in all, one a second into a chat."""

from typing import Protocol

OVERALL_PER_SECOND = 30
CHAT_PER_SECONDS = (3, 3)  # messages, seconds: one a second, with room for an answer of a few parts


class Limiter(Protocol):
    """Asked once before every message, retries included."""

    def acquire(self, chat_id: int) -> None:
        """Take one permit of the chat and one of the whole bot; returns when both were there."""


class Unlimited:
    """No limits on our side: for tools that send one message."""

    def acquire(self, chat_id: int) -> None:
        """Always at once."""
