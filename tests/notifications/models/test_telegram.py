"""A chat is silent until the moment its person chose."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications.models import TelegramChat


def test_is_muted_until_then():
    at = clock.now()
    assert TelegramChat(muted_until=at + timedelta(minutes=1)).is_muted(at)
    assert not TelegramChat(muted_until=at).is_muted(at)
    assert not TelegramChat().is_muted(at)
