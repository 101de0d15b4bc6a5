"""Answering a bank: what is refused; answers themselves are in the journeys."""

from uuid import uuid4

import pytest
from tests.builders import make_item
from tests.telegram_world import Chat

from financehub.bot.commands import responder
from financehub.bot.replies import Said
from financehub.companies.access import memberships_of
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import NotFound

pytestmark = pytest.mark.django_db


def test_a_bank_that_waits_for_nothing_says_so(phone: Chat, bakery: Company) -> None:
    item = make_item(company=bakery)
    phone.phone.sends_data(f"responder:{item.pk.hex}", phone.says("/ajuda"))
    assert phone.settle().text == "Pluggy Bank não espera nada agora."
    phone.phone.sends_data(f"responder:{item.pk.hex}:0")
    assert "não está mais esperando" in phone.settle().text


def test_only_ones_own_live_connections_are_found(phone: Chat, bakery: Company) -> None:
    said = Said(chat=phone.chat, place=memberships_of(phone.chat.person)[0], at=clock.now())
    mine = make_item(company=bakery)
    assert responder.item_of(said, mine.pk.hex) == mine
    for key in (
        make_item().pk.hex,
        uuid4().hex,
        "",
        make_item(company=bakery, disconnected_at=clock.now()).pk.hex,
    ):
        with pytest.raises(NotFound):
            responder.item_of(said, key)
