"""/empresa: also in the journeys, with what it hides."""

import pytest
from tests.builders import make_company, make_member
from tests.telegram_world import Chat

from financehub.bot.commands import empresa
from financehub.companies.access import memberships_of

pytestmark = pytest.mark.django_db


def test_one_company_needs_no_choice(phone: Chat) -> None:
    assert phone.says("/company").text == "Você participa só de <b>Padaria da Ana</b>."


def test_the_choice_is_kept(phone: Chat) -> None:
    other = make_company(name="A & B")
    make_member(company=other, user=phone.chat.person)
    phone.says("/empresa")
    assert phone.presses("A & B").text == "Agora falamos de <b>A &amp; B</b>."
    assert phone.chat.company == other
    labels = [row[0].text for row in empresa.choice(memberships_of(phone.chat.person)).replies[0].buttons]
    assert labels == ["Padaria da Ana", "A & B"]
    phone.phone.sends_data("empresa:")
    assert phone.settle().labels == labels
