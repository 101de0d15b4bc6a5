"""Telegram: one message to one linked private chat; a person who blocked the bot is not written to again."""

from html import escape

from django.conf import settings

from financehub.core import clock
from financehub.notifications import speakers, telegram_bot, texts, wording
from financehub.notifications.channels.outcomes import (
    NoAnswer,
    Refused,
    Skipped,
    TargetRefused,
    TryAgain,
    after,
)
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import Delivery, TelegramChat
from financehub.providers.telegram.errors import (
    TelegramBadRequest,
    TelegramBadToken,
    TelegramChatMigrated,
    TelegramError,
    TelegramForbidden,
    TelegramRateLimited,
)

OUTCOMES: tuple[tuple[type[TelegramError], type[TryAgain | Refused], str], ...] = (
    (TelegramChatMigrated, TargetRefused, "became_a_group"),  # nothing about money is said in a group
    (TelegramForbidden, TargetRefused, "blocked"),
    (TelegramBadRequest, Refused, "refused"),
    (TelegramBadToken, TryAgain, "bad_token"),
)
MARKS = {"info": "", "warning": "⚠️ ", "error": "🔴 "}


def send(delivery: Delivery) -> None:
    """Say it in the chat. Raises TryAgain, Refused, TargetRefused, Skipped."""
    chat = TelegramChat.objects.filter(pk=delivery.target).first()
    if chat is None or chat.person_id != delivery.notification.person_id or chat.blocked_at is not None:
        raise Skipped("nobody")
    if not settings.TELEGRAM_BOT_TOKEN:
        raise Skipped("not_configured")
    if chat.is_muted(clock.now()) and not KINDS[delivery.notification.kind].is_urgent:
        raise Skipped("muted")
    if speakers.is_said_there(chat, delivery.notification):
        raise Skipped("said_there")
    try:
        telegram_bot.client().send_message(
            chat.chat_id,
            text(delivery, chat.language),
            parse_mode="HTML",
            reply_markup=buttons(delivery, chat.language),
        )
    except TelegramError as error:
        raise _outcome(error) from error


def _outcome(error: TelegramError) -> TryAgain | Refused:
    if isinstance(error, TelegramRateLimited):
        return TryAgain("too_many_messages", not_before=after(error.retry_after))
    for kind, outcome, reason in OUTCOMES:
        if isinstance(error, kind):
            return outcome(reason)
    return NoAnswer("unavailable")


def text(delivery: Delivery, language: str) -> str:
    """Telegram's HTML: the title bold, the body, and where to look."""
    notification = delivery.notification
    said = wording.word(notification, language)
    lines = [f"{MARKS[notification.severity]}<b>{escape(said.title)}</b>", escape(said.body)]
    return "\n".join([*lines, "", escape(said.link)] if not _takes_buttons() else lines)


def buttons(delivery: Delivery, language: str) -> dict[str, object] | None:
    """The kind's actions, which the bot answers (`n:<action>:<object id>`), and the page where Telegram takes it."""
    notification = delivery.notification
    words = texts.BUTTONS[language]
    row: list[dict[str, str]] = [
        {"text": words[action], "callback_data": f"n:{action}:{notification.object_id}"}
        for action in KINDS[notification.kind].actions
    ]
    rows = [row] if row else []
    if _takes_buttons():
        rows.append([{"text": words["open"], "url": wording.word(notification, language).link}])
    return {"inline_keyboard": rows} if rows else None


def _takes_buttons() -> bool:
    """Telegram refuses buttons to addresses that are not public ones."""
    return settings.IS_HTTPS
