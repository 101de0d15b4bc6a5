"""Answers become calls of the Bot API."""

import pytest
from tests.telegram_stand_in import StandIn
from tests.telegram_world import ANA, Chat

from financehub.bot import sending
from financehub.bot.replies import Answer, File, Reply
from financehub.notifications import telegram_bot
from financehub.providers.telegram.keyboards import Button
from financehub.providers.telegram.updates import Kind, Update

pytestmark = pytest.mark.django_db


def send(answer: Answer, pressed: int = 0) -> int:
    kind = Kind.PRESS if pressed else Kind.TEXT
    update = Update(
        id=1, kind=kind, chat_id=ANA, is_private=True, message_id=pressed, press_id="9" if pressed else ""
    )
    return sending.send(telegram_bot.client(), update, answer)


def test_messages_pictures_and_files_are_sent_in_order(phone: Chat) -> None:
    replies = (
        Reply("um", [[Button("Sim", data="y")]]),
        Reply("dois", photo=b"\x89PNG"),
        Reply("", file=File("a.csv", b"x")),
    )
    last = send(Answer(replies))
    assert [message.kind for message in phone.phone.heard] == ["sendMessage", "sendPhoto", "sendDocument"]
    assert phone.phone.heard[0].labels == ["Sim"]
    assert last == phone.last.message_id


def test_a_press_changes_its_message_and_ends_its_waiting_mark(telegram: StandIn, phone: Chat) -> None:
    first = send(Answer.of("um", [[Button("Sim", data="y")]]))
    assert send(Answer.of("dois", edits=True), pressed=first) == first
    assert [(message.text, message.labels) for message in phone.phone.heard] == [("dois", [])]
    assert [asked["callback_query_id"] for asked in telegram.asked("answerCallbackQuery")] == ["9"]


def test_what_cannot_be_changed_is_said_anew(telegram: StandIn, phone: Chat) -> None:
    first = send(Answer((Reply("um", photo=b"\x89PNG"),)))
    telegram.fails("editMessageText", 400, "Bad Request: there is no text in the message to edit")
    assert send(Answer.of("dois", edits=True), pressed=first) != first
    assert send(Answer.of("x" * 5000, edits=True), pressed=first) != first
    assert [len(message.text) for message in phone.phone.heard] == [2, 4, 4096, 904] or phone.texts[
        1
    ] == "dois"


def test_a_word_about_a_press_is_an_alert_and_else_a_message(telegram: StandIn, phone: Chat) -> None:
    send(Answer(toast="velho"), pressed=5)
    assert telegram.asked("answerCallbackQuery")[0]["text"] == "velho"
    assert phone.phone.heard == []
    send(Answer(toast="velho"))
    assert phone.texts == ["velho"]
    assert sending.send_reply(telegram_bot.client(), ANA, Reply("oi")) == phone.last.message_id
