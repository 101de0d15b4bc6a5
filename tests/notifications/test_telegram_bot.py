"""Which bot this installation has."""

import pytest
from pytest_django import Settings
from tests.telegram_stand_in import TOKEN, USERNAME, StandIn, telegram

from financehub.core import limits
from financehub.notifications import telegram_bot

__all__ = ["telegram"]


@pytest.fixture
def configured(telegram: StandIn, settings: Settings) -> StandIn:
    settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_API_BASE = TOKEN, telegram.url
    return telegram


def test_without_a_token_there_is_none(settings: Settings) -> None:
    settings.TELEGRAM_BOT_TOKEN = ""
    assert not telegram_bot.is_configured()
    with pytest.raises(telegram_bot.TelegramIsOff):
        telegram_bot.client()


def test_its_name_is_asked_once(configured: StandIn) -> None:
    assert [telegram_bot.username() for _ in range(3)] == [USERNAME] * 3
    assert len(configured.asked("getMe")) == 1


def test_one_client_serves_the_process(configured: StandIn) -> None:
    assert telegram_bot.client() is telegram_bot.client()
    telegram_bot.client().send_message(501, "oi")
    assert [message.text for message in configured.messages] == ["oi"]


def test_a_chat_has_a_rate_of_its_own() -> None:
    limits._storage().reset()
    limiter = telegram_bot.TelegramLimits()
    for chat in (1, 1, 1, 2, 2, 2):
        limiter.acquire(chat)
    assert not limiter._limiter.try_acquire("chat", "1")
    assert limiter._limiter.try_acquire("chat", "3")
