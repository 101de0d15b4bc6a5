"""`financehub bot`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from tests.telegram_stand_in import StandIn


def run(*options: str) -> str:
    out = StringIO()
    call_command("bot", *options, stdout=out)
    return out.getvalue()


def test_it_only_registers_where_telegram_delivers(telegram: StandIn, settings: Settings) -> None:
    settings.TELEGRAM_WEBHOOK_URL = "https://hub.example.com/api/webhooks/telegram"
    assert run() == "Telegram delivers to https://hub.example.com/api/webhooks/telegram\n"


def test_it_can_only_register(telegram: StandIn) -> None:
    assert "asks Telegram for updates" in run("--register")
    assert telegram.commands


def test_it_says_what_is_wrong(telegram: StandIn, settings: Settings) -> None:
    telegram.fails("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID")
    with pytest.raises(CommandError, match="did not answer"):
        run("--register")
    settings.TELEGRAM_BOT_TOKEN = "1:wrong"
    with pytest.raises(CommandError, match="does not accept"):
        run()
    settings.TELEGRAM_BOT_TOKEN = ""
    with pytest.raises(CommandError, match="not set"):
        run()
