"""Telegram learns our menu and where to deliver."""

from pytest_django import Settings
from tests.telegram_stand_in import StandIn

from financehub.bot import receiving, registering


def test_with_an_address_updates_are_delivered(telegram: StandIn, settings: Settings) -> None:
    settings.TELEGRAM_WEBHOOK_URL = "https://hub.example.com/api/webhooks/telegram"
    assert registering.register() == telegram.webhook["url"] == settings.TELEGRAM_WEBHOOK_URL
    assert telegram.webhook["secret_token"] == receiving.secret()
    assert telegram.commands["en"][0] == {
        "command": "saldo",
        "description": "What I have, account by account",
    }
    assert telegram.commands[""][0]["description"] == "Quanto tenho, conta por conta"


def test_without_one_we_ask(telegram: StandIn, settings: Settings) -> None:
    telegram.webhook = {"url": "https://old.example.com"}
    assert registering.register() == ""
    assert telegram.webhook == {}
