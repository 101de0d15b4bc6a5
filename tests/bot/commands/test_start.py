"""/start: also in the journeys, with links."""

import pytest
from tests.telegram_stand_in import StandIn
from tests.telegram_world import ANA, Chat

from financehub.bot.commands import start
from financehub.bot.memory import Memory
from financehub.companies.models import User

pytestmark = pytest.mark.django_db


def test_a_known_person_is_greeted(phone: Chat) -> None:
    assert "Oi, Ana. Este chat já está vinculado" in phone.says("/start").text
    phone.phone.sends_data("start:")
    assert "Oi, Ana" in phone.settle().text


def test_addresses_are_shown_just_enough() -> None:
    assert start.masked("ana@example.com") == "a***@example.com"


def test_a_person_is_spoken_to_in_a_language_we_know(ana: User) -> None:
    ana.language = "en"
    assert start.language_of(ana) == "en"
    ana.language = "xx"
    assert start.language_of(ana) == "pt-br"


def test_a_stranger_and_a_closed_link(telegram: StandIn) -> None:
    assert "/conta/telegram" in start.greet_stranger().replies[0].text
    assert "já foi usado ou venceu" in start.ask_to_link("x").replies[0].text
    assert "já foi usado ou venceu" in start.link("x", chat_id=ANA, memory=Memory()).replies[0].text
