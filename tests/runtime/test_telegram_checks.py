"""The check-up of the bot."""

import pytest
from pytest_django import Settings
from tests.telegram_stand_in import StandIn
from tests.telegram_world import telegram

from financehub.bot import registering
from financehub.runtime import telegram_checks
from financehub.runtime.findings import Level

__all__ = ["telegram"]


def told() -> list[str]:
    return [" ".join(str(finding).split()) for finding in telegram_checks.look()]


def test_without_a_bot_it_is_only_noted(settings: Settings) -> None:
    settings.TELEGRAM_BOT_TOKEN = ""
    assert [finding.level for finding in telegram_checks.look()] == [Level.NOTE]


def test_a_bot_that_asks_is_well(telegram: StandIn) -> None:
    assert told() == [
        "ok telegram the token is @finance_hub_test_bot's",
        "ok updates asked for by `financehub bot`",
    ]


def test_a_bot_that_is_delivered_to_is_well_once_registered(telegram: StandIn, settings: Settings) -> None:
    settings.TELEGRAM_WEBHOOK_URL = "https://hub.example.com/api/webhooks/telegram"
    assert "PROBLEM updates Telegram delivers to nowhere" in told()[1]
    registering.register()
    assert told()[1] == "ok updates delivered to https://hub.example.com/api/webhooks/telegram"


def test_a_webhook_of_another_installation_is_a_problem(telegram: StandIn) -> None:
    telegram.webhook = {"url": "https://old.example.com"}
    assert "PROBLEM updates Telegram delivers to https://old.example.com" in told()[1]


def test_updates_that_nobody_fetches_are_a_problem(telegram: StandIn) -> None:
    ana = telegram.person("Ana", number=501)
    for _ in range(21):
        ana.says("/saldo")
    assert "21 wait at Telegram -> start `financehub bot`" in told()[1]


def test_a_wrong_token_and_a_silent_vendor_are_problems(telegram: StandIn, settings: Settings) -> None:
    settings.TELEGRAM_BOT_TOKEN = "1:wrong"
    assert "refuses TELEGRAM_BOT_TOKEN -> copy it from @BotFather again" in told()[0]
    settings.TELEGRAM_API_BASE = "http://127.0.0.1:9"
    assert "does not answer" in told()[0]
    assert "wrong" not in told()[0]


@pytest.mark.parametrize("complaint", ["Connection refused"])
def test_what_telegram_complains_about_is_passed_on(
    telegram: StandIn, settings: Settings, complaint: str
) -> None:
    settings.TELEGRAM_WEBHOOK_URL = "https://hub.example.com/api/webhooks/telegram"
    telegram.webhook = {"url": settings.TELEGRAM_WEBHOOK_URL, "last_error_message": complaint}
    assert "could not deliver: Connection refused" in told()[1]
