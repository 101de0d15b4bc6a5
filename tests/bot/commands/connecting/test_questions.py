"""A bank's question in a chat: words, deadline, choices, pictures."""

import base64
from datetime import timedelta

import pytest
from tests.builders import make_connector, make_item

from financehub.banking.models import Item
from financehub.bot.commands.connecting import questions
from financehub.bot.memory import Memory
from financehub.core import clock

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG" + b"0" * 20


def waiting(**parameter: object) -> Item:
    item = make_item(
        connector=make_connector(name="A&B"),
        status="WAITING_USER_INPUT",
        action_expires_at=clock.now() + timedelta(minutes=2),
    )
    item.parameter = {"name": "token", "label": "Código <1>", "type": "text", **parameter}
    return item


def test_a_text_is_waited_for_in_confidence() -> None:
    item, at = waiting(assistiveText="Veja o app"), clock.now()
    asked = questions.ask(item, Memory(), at)
    assert asked is not None
    reply, memory = asked
    assert reply.text.startswith("✋ <b>A&amp;B</b> pergunta: Código &lt;1&gt;\nVeja o app\nResponda até ")
    assert (memory.step_at(at), memory.facts) == ("responder", {"item": item.pk.hex})
    assert memory.is_confidential(questions.deadline(item, at) + timedelta(minutes=10))


def test_choices_are_buttons_and_wait_for_no_words() -> None:
    item = waiting(type="select", options=[{"value": "+55", "label": "Celular"}, {"value": "m", "label": ""}])
    asked = questions.ask(item, Memory(), clock.now())
    assert asked is not None
    reply, memory = asked
    assert [row[0].text for row in reply.buttons] == ["Celular", "m"]
    assert memory == Memory()
    assert questions.option(item, "0") == "+55"
    assert [questions.option(item, place) for place in ("2", "x", "-1")] == [None] * 3


def test_a_picture_comes_with_it() -> None:
    asked = questions.ask(waiting(type="image", data=base64.b64encode(PNG).decode()), Memory(), clock.now())
    assert asked is not None
    assert asked[0].photo == PNG


def test_an_errand_opens_public_addresses_only() -> None:
    item = make_item(status="WAITING_USER_ACTION")
    for url, labels in (("https://banco.example/x", ["Abrir no banco"]), ("http://127.0.0.1/x", [])):
        item.user_action = {"instructions": "Autorize", "attributes": {"url": url}}
        asked = questions.ask(item, Memory(), clock.now())
        assert asked is not None
        assert [row[0].text for row in asked[0].buttons] == labels
        assert ("http://127.0.0.1/x" in asked[0].text) == (not labels)
    item.user_action = None
    assert questions.ask(item, Memory(), clock.now()) is None


def test_without_a_deadline_the_vendors_two_minutes_hold() -> None:
    at = clock.now()
    assert questions.deadline(make_item(), at) == at + timedelta(seconds=120)
