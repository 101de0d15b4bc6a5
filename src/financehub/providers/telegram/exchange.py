"""How a call reaches Telegram: limits, retries that honour what Telegram asks, and errors without the token."""

import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import httpx
import structlog

from financehub.providers.late import LateModule
from financehub.providers.telegram.edge import Loop
from financehub.providers.telegram.errors import (
    Refusal,
    TelegramBadRequest,
    TelegramBadToken,
    TelegramChatGone,
    TelegramChatMigrated,
    TelegramConflict,
    TelegramError,
    TelegramForbidden,
    TelegramRateLimited,
    TelegramUnavailable,
)
from financehub.providers.telegram.limits import Limiter, Unlimited

if TYPE_CHECKING:
    import telegram
else:
    telegram = LateModule("telegram")


# Both write addresses, and an address of the Bot API holds the token.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("telegram").setLevel(logging.WARNING)

log = structlog.get_logger("telegram")

Answer = TypeVar("Answer")
Call: TypeAlias = "Callable[[telegram.Bot], Coroutine[Any, Any, Answer]]"

POOL = 16  # connections
GONE = ("chat not found", "peer_id_invalid", "group chat was deactivated")
# The vendor's classes by name, in this order: they are nested.
OF_VENDOR: tuple[tuple[str, type[TelegramError]], ...] = (
    ("InvalidToken", TelegramBadToken),
    ("EndPointNotFound", TelegramBadToken),
    ("Forbidden", TelegramForbidden),
    ("Conflict", TelegramConflict),
    ("BadRequest", TelegramBadRequest),
    ("TimedOut", TelegramUnavailable),
    ("NetworkError", TelegramUnavailable),
)


@dataclass(frozen=True)
class ClientSettings:
    """Patience: seconds for one answer, tries of one call, and the longest pause that is slept through."""

    timeout: float = 10.0
    attempts: int = 3
    longest_wait: float = 10.0
    backoff: float = 0.5
    sleep: Callable[[float], None] = time.sleep


class Exchange:
    """One bot, safe to share between threads; not between a process and its fork once a call was made."""

    def __init__(self, token: str, base_url: str, limiter: Limiter | None, settings: ClientSettings) -> None:
        self._limiter = limiter or Unlimited()
        self._settings = settings
        self._loop = Loop()
        # One pool for long polls too: a second one would load the certificates once more.
        transport = telegram.request.HTTPXRequest(
            connection_pool_size=POOL,
            read_timeout=settings.timeout,
            write_timeout=settings.timeout,
            connect_timeout=settings.timeout,
            pool_timeout=settings.timeout,
            httpx_kwargs={"trust_env": False},
        )
        self._bot = telegram.Bot(
            token,
            base_url=f"{base_url.rstrip('/')}/bot",
            base_file_url=f"{base_url.rstrip('/')}/file/bot",
            request=transport,
            get_updates_request=transport,
        )

    def close(self) -> None:
        self._loop.stop()

    def ask(self, method: str, call: "Call[Answer]", *, is_repeatable: bool = True) -> Answer:
        """The answer of a call that disturbs nobody. Raises TelegramError."""
        return self._with_retries(method, call, None, is_repeatable=is_repeatable)

    def say(self, method: str, call: "Call[Answer]", chat_id: int) -> Answer:
        """The same for a call that puts a message into a chat: limited, and never sent twice by us."""
        return self._with_retries(method, call, chat_id, is_repeatable=False)

    def _with_retries(
        self, method: str, call: "Call[Answer]", chat_id: int | None, *, is_repeatable: bool
    ) -> Answer:
        attempt = 1
        while True:
            if chat_id is not None:
                self._limiter.acquire(chat_id)
            try:
                return self._loop.run(call(self._bot))
            except telegram.error.TelegramError as failure:
                refusal = in_our_words(method, failure)
                wait = self._wait(refusal, attempt, may_repeat=is_repeatable or _never_left(failure))
                log.info("telegram.call", method=method, error=type(refusal).__name__, attempt=attempt)
                if wait is None:
                    raise refusal from None
            self._settings.sleep(wait)
            attempt += 1

    def _wait(self, refusal: TelegramError, attempt: int, *, may_repeat: bool) -> float | None:
        """Seconds until the next attempt; None when there is none. A 429 was not done: it is always repeated."""
        if attempt >= self._settings.attempts:
            return None
        if isinstance(refusal, TelegramRateLimited):
            return refusal.retry_after if refusal.retry_after <= self._settings.longest_wait else None
        if isinstance(refusal, TelegramUnavailable) and may_repeat:
            return self._settings.backoff * float(2 ** (attempt - 1))
        return None


def in_our_words(method: str, failure: "telegram.error.TelegramError") -> TelegramError:
    """The class that says what a caller can do about it."""
    if isinstance(failure, telegram.error.RetryAfter):
        pause = failure.retry_after
        seconds = float(pause) if isinstance(pause, int) else pause.total_seconds()
        return TelegramRateLimited(Refusal(method, "Too Many Requests", retry_after=seconds))
    if isinstance(failure, telegram.error.ChatMigrated):
        return TelegramChatMigrated(Refusal(method, "the group was migrated", new_id=failure.new_chat_id))
    ours = next(
        (ours for theirs, ours in OF_VENDOR if isinstance(failure, getattr(telegram.error, theirs))),
        TelegramUnavailable,
    )
    if ours is TelegramBadRequest and failure.message.lower().startswith(GONE):
        ours = TelegramChatGone
    # Only what Telegram itself said is passed on: what the transport says might name the address.
    theirs = isinstance(
        failure, telegram.error.BadRequest | telegram.error.Forbidden | telegram.error.Conflict
    )
    return ours(Refusal(method, failure.message if theirs else ""))


def _never_left(failure: "telegram.error.TelegramError") -> bool:
    """Whether the request did not even reach Telegram, so that repeating it says nothing twice."""
    return isinstance(failure.__cause__, httpx.ConnectError | httpx.ConnectTimeout)
