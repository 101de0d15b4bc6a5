"""The client: plain synchronous calls, long texts split, refusals that mean "already so" forgiven."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from financehub.providers.late import LateModule
from financehub.providers.telegram import updates
from financehub.providers.telegram.errors import TelegramBadRequest
from financehub.providers.telegram.exchange import ClientSettings, Exchange
from financehub.providers.telegram.limits import Limiter
from financehub.providers.telegram.updates import Update
from financehub.providers.telegram.writing import LONGEST_CAPTION, split

if TYPE_CHECKING:
    import telegram
else:
    telegram = LateModule("telegram")


DEFAULT_URL = "https://api.telegram.org"
LONG_POLL_GRACE = 10.0  # seconds beyond the asked time before an answer counts as lost

Markup = Mapping[str, object]


@dataclass(frozen=True)
class Sent:
    """A message that is in the chat now; of a split text its last part."""

    chat_id: int
    message_id: int


@dataclass(frozen=True)
class BotName:
    """Who the token belongs to; `username` is what t.me addresses name."""

    id: int
    username: str
    name: str


@dataclass(frozen=True)
class WebhookState:
    """Where Telegram delivers, empty for nowhere; what waits there; and its last complaint, if any."""

    url: str
    pending: int
    last_error: str


class TelegramClient:
    """One bot. Safe to share between threads. Every call raises TelegramError."""

    def __init__(
        self,
        token: str,
        *,
        base_url: str = DEFAULT_URL,
        limiter: Limiter | None = None,
        settings: ClientSettings | None = None,
    ) -> None:
        self._exchange = Exchange(token, base_url, limiter, settings or ClientSettings())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "<TelegramClient>"

    def close(self) -> None:
        self._exchange.close()

    def send_message(
        self,
        chat_id: int,
        text: str,
        *,
        parse_mode: str | None = "HTML",
        reply_markup: Markup | None = None,
    ) -> Sent:
        """Say something; a long text comes in several messages, the buttons under the last."""
        *before, last = split(text, parse_mode)
        for part in before:
            self._send_part(chat_id, part, parse_mode, None)
        return self._send_part(chat_id, last, parse_mode, reply_markup)

    def _send_part(self, chat_id: int, text: str, parse_mode: str | None, markup: Markup | None) -> Sent:
        keyboard = _keyboard(markup)
        message = self._exchange.say(
            "sendMessage",
            lambda bot: bot.send_message(
                chat_id,
                text,
                parse_mode=parse_mode,
                reply_markup=keyboard,
                link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
            ),
            chat_id,
        )
        return Sent(message.chat.id, message.message_id)

    def edit_message_text(
        self,
        chat_id: int,
        message_id: int,
        text: str,
        *,
        parse_mode: str | None = "HTML",
        reply_markup: Markup | None = None,
    ) -> None:
        """Say it anew in the same message; what is said already stays. A long text goes on in new messages."""
        first, *rest = split(text, parse_mode)
        keyboard = None if rest else _keyboard(reply_markup)
        try:
            self._exchange.ask(
                "editMessageText",
                lambda bot: bot.edit_message_text(
                    first,
                    chat_id,
                    message_id,
                    parse_mode=parse_mode,
                    reply_markup=keyboard,
                    link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
                ),
            )
        except TelegramBadRequest as refusal:
            if "not modified" not in refusal.description:
                raise
        for place, part in enumerate(rest, 1):
            markup = reply_markup if place == len(rest) else None
            self._send_part(chat_id, part, parse_mode, markup)

    def delete_message(self, chat_id: int, message_id: int) -> bool:
        """Take a message away; True once it is not there, False when Telegram does not let us (too old)."""
        try:
            self._exchange.ask("deleteMessage", lambda bot: bot.delete_message(chat_id, message_id))
        except TelegramBadRequest as refusal:
            return "not found" in refusal.description
        return True

    def answer_callback_query(
        self, callback_query_id: str, text: str = "", *, is_alert: bool = False
    ) -> bool:
        """End the waiting mark of a pressed button; False when the press is too old to be answered."""
        try:
            return self._exchange.ask(
                "answerCallbackQuery",
                lambda bot: bot.answer_callback_query(
                    callback_query_id, text=text or None, show_alert=is_alert
                ),
            )
        except TelegramBadRequest:
            return False

    def send_photo(
        self,
        chat_id: int,
        photo: bytes,
        *,
        caption: str = "",
        parse_mode: str | None = "HTML",
        reply_markup: Markup | None = None,
    ) -> Sent:
        """Show a picture (PNG, JPEG); a caption that is too long becomes a message before it."""
        caption = self._said_before(chat_id, caption, parse_mode)
        keyboard, file = _keyboard(reply_markup), telegram.InputFile(photo, filename="picture.png")
        message = self._exchange.say(
            "sendPhoto",
            lambda bot: bot.send_photo(
                chat_id, file, caption=caption or None, parse_mode=parse_mode, reply_markup=keyboard
            ),
            chat_id,
        )
        return Sent(message.chat.id, message.message_id)

    def send_document(
        self,
        chat_id: int,
        content: bytes,
        filename: str,
        *,
        caption: str = "",
        parse_mode: str | None = "HTML",
        reply_markup: Markup | None = None,
    ) -> Sent:
        """Send a file."""
        caption = self._said_before(chat_id, caption, parse_mode)
        keyboard, file = _keyboard(reply_markup), telegram.InputFile(content, filename=filename)
        message = self._exchange.say(
            "sendDocument",
            lambda bot: bot.send_document(
                chat_id, file, caption=caption or None, parse_mode=parse_mode, reply_markup=keyboard
            ),
            chat_id,
        )
        return Sent(message.chat.id, message.message_id)

    def _said_before(self, chat_id: int, caption: str, parse_mode: str | None) -> str:
        if len(split(caption, parse_mode, LONGEST_CAPTION)) <= 1:
            return caption
        self.send_message(chat_id, caption, parse_mode=parse_mode)
        return ""

    def get_updates(self, offset: int = 0, *, timeout: int = 25) -> tuple[list[Update], int]:
        """What happened since, waiting `timeout` seconds for something; and the offset that confirms it."""
        found = self._exchange.ask(
            "getUpdates",
            lambda bot: bot.get_updates(
                offset or None,
                timeout=timeout,
                read_timeout=timeout + LONG_POLL_GRACE,
                allowed_updates=list(updates.ALLOWED),
            ),
            is_repeatable=False,
        )
        parsed = [update for one in found if (update := updates.parse(one.to_dict())) is not None]
        return parsed, max((one.update_id + 1 for one in found), default=offset)

    def set_webhook(self, url: str, *, secret_token: str) -> None:
        """Have updates delivered to `url`, with the secret in X-Telegram-Bot-Api-Secret-Token."""
        self._exchange.ask(
            "setWebhook",
            lambda bot: bot.set_webhook(
                url,
                secret_token=secret_token,
                allowed_updates=list(updates.ALLOWED),
                max_connections=10,
            ),
        )

    def delete_webhook(self) -> None:
        """Stop deliveries, so that `get_updates` may be used; what waits stays."""
        self._exchange.ask("deleteWebhook", lambda bot: bot.delete_webhook())

    def webhook_state(self) -> WebhookState:
        """Where updates go now."""
        told = self._exchange.ask("getWebhookInfo", lambda bot: bot.get_webhook_info())
        return WebhookState(told.url, told.pending_update_count, told.last_error_message or "")

    def get_me(self) -> BotName:
        """Who we are."""
        me = self._exchange.ask("getMe", lambda bot: bot.get_me())
        return BotName(me.id, me.username or "", me.full_name)

    def set_commands(self, commands: Iterable[tuple[str, str]], *, language: str = "") -> None:
        """The menu of commands with their descriptions, in one language or for all others."""
        listed: Sequence[telegram.BotCommand] = [telegram.BotCommand(name, words) for name, words in commands]
        self._exchange.ask(
            "setMyCommands", lambda bot: bot.set_my_commands(listed, language_code=language or None)
        )


def _keyboard(markup: Markup | None) -> "telegram.InlineKeyboardMarkup | None":
    return None if markup is None else telegram.InlineKeyboardMarkup.de_json(dict(markup), None)
