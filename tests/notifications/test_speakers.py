"""Whoever speaks in a chat is asked before a notice says the same."""

from financehub.core import clock
from financehub.notifications import speakers
from financehub.notifications.models import TelegramChat


def of_salaries(chat: TelegramChat, notification: object) -> bool:
    return getattr(notification, "kind", "") == "salary_in"


def test_each_speaker_is_asked(settings, ana, make_delivery):
    chat = TelegramChat.objects.create(person=ana, chat_id=501, linked_at=clock.now())
    notification = make_delivery("telegram", target=str(chat.pk)).notification
    assert notification.kind == "salary_in"
    assert not speakers.is_said_there(chat, notification)
    settings.CHAT_SPEAKERS = [*settings.CHAT_SPEAKERS, f"{__name__}.of_salaries"]
    assert speakers.is_said_there(chat, notification)
