"""Answers as data, and who acts."""

import pytest
from tests.telegram_world import Chat

from financehub.bot.memory import Memory
from financehub.bot.replies import Answer, Reply, Said
from financehub.companies.access import memberships_of
from financehub.companies.permissions import Permission
from financehub.core import clock
from financehub.core.errors import Denied

pytestmark = pytest.mark.django_db


def test_one_message_is_an_answer() -> None:
    answer = Answer.of("oi", edits=True, memory=Memory())
    assert answer.replies == (Reply("oi", edits=True),)
    assert (answer.memory, answer.toast, answer.follow) == (Memory(), "", None)


def test_who_speaks_acts_from_telegram_within_their_role(phone: Chat, bruno: object) -> None:
    place = memberships_of(phone.chat.person)[0]
    said = Said(chat=phone.chat, place=place, at=clock.now(), text="x")
    assert (said.by.kind, said.by.id, said.by.via) == ("user", phone.chat.person_id, "telegram")
    assert said.saying("y").text == "y"
    said.require(Permission.CONNECT)
    viewer = Said(chat=phone.chat, place=memberships_of(bruno)[0], at=clock.now())  # type: ignore[arg-type]
    with pytest.raises(Denied):
        viewer.require(Permission.CONNECT)
