"""One long poll; the rest is in the journeys."""

import pytest
from tests.telegram_stand_in import StandIn

from financehub.bot.models import BotUpdate
from financehub.bot.polling import Poller


@pytest.mark.django_db(transaction=True)
def test_what_is_read_is_stored_before_it_is_confirmed(telegram: StandIn) -> None:
    telegram.person("Ana", number=501).says("/saldo")
    poller = Poller(timeout=0)
    assert poller.poll() == 1
    assert BotUpdate.objects.count() == 1
    assert telegram.pending != []
    poller.finish()


@pytest.mark.django_db(transaction=True)
def test_it_registers_as_soon_as_telegram_answers(telegram: StandIn) -> None:
    telegram.webhook = {"url": "https://old.example.com"}
    pauses: list[float] = []
    poller = Poller(timeout=0, sleep=pauses.append, must_register=True)
    for _ in range(3):
        telegram.fails("setMyCommands", 502, "Bad Gateway")
    assert poller.poll() == 0
    assert pauses == [1.0]
    poller.poll()
    assert telegram.webhook == {}
    assert telegram.commands
    poller.finish()
