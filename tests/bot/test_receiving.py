"""The door's secret; what the door does is in the journeys."""

import re

import pytest
from pytest_django import Settings
from tests.telegram_stand_in import StandIn
from tests.telegram_world import ANA, Chat

from financehub.bot import receiving
from financehub.bot.models import BotUpdate
from financehub.providers.telegram.updates import Kind, Update


def test_the_secret_follows_from_ours_or_is_the_operators(settings: Settings) -> None:
    settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_WEBHOOK_SECRET = "1:a", ""
    first = receiving.secret()
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,256}", first)
    settings.SECRET_KEY = "another"
    assert receiving.secret() != first
    settings.TELEGRAM_WEBHOOK_SECRET = "mine"
    assert receiving.secret() == "mine"


def test_it_is_open_only_with_a_bot_and_an_address(settings: Settings) -> None:
    answers = []
    for token, url in (("", ""), ("1:a", ""), ("", "https://x"), ("1:a", "https://x")):
        settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_WEBHOOK_URL = token, url
        answers.append(receiving.is_open())
    assert answers == [False, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_an_update_is_taken_once(telegram: StandIn, phone: Chat) -> None:
    update = Update(id=7, kind=Kind.TEXT, chat_id=ANA, is_private=True, text="/ajuda")
    receiving.take(update)
    receiving.take(update)
    assert len(phone.texts) == BotUpdate.objects.count() == 1
