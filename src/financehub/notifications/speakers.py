"""Who else speaks in a chat: what it says there in its own words, a notice need not repeat."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from financehub.notifications.models import Notification, TelegramChat

Speaker = Callable[[TelegramChat, Notification], bool]


def is_said_there(chat: TelegramChat, notification: Notification) -> bool:
    """Whether one of the settings' CHAT_SPEAKERS tells this person of it in this chat."""
    speakers: Iterable[Speaker] = map(import_string, settings.CHAT_SPEAKERS)
    return any(speaks(chat, notification) for speaks in speakers)
