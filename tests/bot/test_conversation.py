"""Who is answered, by which command."""

import pytest
from django.urls import reverse
from tests.telegram_stand_in import StandIn
from tests.telegram_world import ANA, Chat

from financehub.bot import conversation
from financehub.bot.conversation import Heard
from financehub.bot.memory import Memory
from financehub.core import clock
from financehub.providers.telegram.updates import Kind, Sender, Update

pytestmark = pytest.mark.django_db


def hear(phone: Chat | None, text: str, **more: object) -> conversation.Answer:
    values: dict[str, object] = {"id": 1, "kind": Kind.TEXT, "chat_id": ANA, "is_private": True, "text": text}
    update = Update(**{**values, **more})  # type: ignore[arg-type]
    chat = phone.chat if phone else None
    return conversation.answer(Heard(update, chat, Memory(), clock.now(), "hub_bot"))


def test_words_that_nobody_understands_get_help(phone: Chat) -> None:
    for text in ("quanto eu tenho?", "/nada", "/", "saldo de ontem", "start"):
        answer = hear(phone, text)
        assert "Não entendi" in answer.replies[0].text
        assert "/saldo" in answer.replies[0].text


def test_a_picture_gets_help_too(phone: Chat) -> None:
    assert "Só leio texto" in hear(phone, "", kind=Kind.OTHER).replies[0].text


def test_a_changed_message_that_was_no_secret_gets_nothing(phone: Chat) -> None:
    assert hear(phone, "oi", kind=Kind.EDIT).replies == ()


def test_a_button_of_nobody_says_so(phone: Chat) -> None:
    assert "conversa antiga" in hear(phone, "nada:1", kind=Kind.PRESS).toast


def test_a_stranger_is_greeted_in_their_own_language(telegram: StandIn) -> None:
    portuguese = hear(None, "/saldo", sender=Sender(language="pt-br")).replies[0].text
    english = hear(None, "/saldo", sender=Sender(language="de")).replies[0].text
    assert portuguese.startswith("Este chat ainda não está vinculado")
    assert english.startswith("This chat is not linked")
    assert reverse("telegram") in portuguese


def test_a_command_may_name_the_bot_and_be_in_capitals(phone: Chat) -> None:
    assert "Ainda não há contas" in hear(phone, "/SALDO@hub_bot").replies[0].text


@pytest.mark.parametrize("text", ["saldo", "Saldo?", "balance", " SALDO "])
def test_a_command_needs_no_slash(phone: Chat, text: str) -> None:
    assert "Ainda não há contas" in hear(phone, text).replies[0].text


def test_every_button_of_a_menu_leads_somewhere(phone: Chat) -> None:
    for reply in hear(phone, "/ajuda").replies:
        for button in (one for row in reply.buttons for one in row):
            assert button.data.partition(":")[0] in conversation.BUTTONS
