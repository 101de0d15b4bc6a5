"""What can go wrong when we talk to Telegram, one class for each thing a caller can do about it.

The text of an error holds the method and Telegram's own short description, never the token and never what was said.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """A call that did not work, reduced to what the error classes need. `description` is Telegram's, in English."""

    method: str
    description: str = ""
    retry_after: float | None = None
    new_id: int | None = None


class TelegramError(Exception):
    """Anything that kept a call to Telegram from answering."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.description = refusal.description
        super().__init__(f"{refusal.method}: {refusal.description or type(self).__name__}")

    def __reduce__(self) -> tuple[type["TelegramError"], tuple[Refusal]]:
        """Errors cross process borders whole: a worker pickles them."""
        return type(self), (self.refusal,)


class TelegramUnavailable(TelegramError):
    """Network error, time-out or 5xx: nothing is known to be wrong here, try later."""


class TelegramRateLimited(TelegramError):
    """Too many messages: wait `retry_after` seconds."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.retry_after = refusal.retry_after or 1.0


class TelegramForbidden(TelegramError):
    """This chat takes nothing from us (any more): the person blocked the bot, left, or closed the account."""


class TelegramChatGone(TelegramForbidden):
    """There is no such chat."""


class TelegramChatMigrated(TelegramError):
    """The group became a supergroup: it is now the chat `new_id`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.new_id = refusal.new_id or 0


class TelegramBadRequest(TelegramError):
    """The request itself is refused: repeating it does not help."""


class TelegramBadToken(TelegramError):
    """The token is not accepted: a person must look."""


class TelegramConflict(TelegramError):
    """Updates are read elsewhere: by a webhook, or by another program with the same token."""
