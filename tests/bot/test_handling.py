"""Updates are worked off in order, once; secrets now or never."""

from datetime import timedelta

import pytest
from tests.telegram_stand_in import StandIn
from tests.telegram_world import ANA, Chat, deliver

from financehub.bot import handling, remembering, storing
from financehub.bot.memory import Memory
from financehub.bot.models import BotUpdate
from financehub.companies.models import User
from financehub.core import clock, locks
from financehub.notifications.models import Notification
from financehub.providers.telegram.updates import Kind, Update

pytestmark = pytest.mark.django_db


def stored(number: int, text: str, **more: object) -> storing.Stored:
    values: dict[str, object] = {"kind": Kind.TEXT, "chat_id": ANA, "is_private": True, "message_id": 0}
    found = storing.store(Update(id=number, text=text, **{**values, **more}))  # type: ignore[arg-type]
    assert found is not None
    return found


def asked(step: str = "senha") -> None:
    until = clock.now() + timedelta(minutes=5)
    remembering.keep(ANA, Memory().waiting(step, until=until, confidential_until=until))


def test_a_chats_updates_are_answered_in_their_order(phone: Chat) -> None:
    stored(9, "/ajuda")
    stored(8, "/saldo")
    assert handling.work_off(ANA) == 2
    assert "Ainda não há contas" in phone.texts[0]
    assert handling.work_off(ANA) == 0
    assert {row.payload for row in BotUpdate.objects.all()} == {None}


def test_who_holds_the_chat_does_it_for_all(phone: Chat) -> None:
    stored(8, "/saldo")
    holder = locks.try_acquire(handling.lease_name(ANA), seconds=60)
    assert holder is not None
    assert handling.work_off(ANA) == 0
    locks.release(handling.lease_name(ANA), holder)
    assert handling.work_off(ANA) == 1


def test_a_secret_is_erased_before_it_is_used(telegram: StandIn, phone: Chat) -> None:
    asked()
    phone.says("minha senha")
    calls = [name for name, _ in telegram.calls if name in {"deleteMessage", "sendMessage"}]
    assert calls == ["deleteMessage", "sendMessage"]
    row = BotUpdate.objects.get()
    assert (row.status, row.erased_at is not None) == ("done", True)


def test_a_secret_whose_process_died_is_asked_for_again(phone: Chat) -> None:
    asked()
    row = stored(8, "minha senha").row
    BotUpdate.objects.filter(pk=row.pk).update(due_at=clock.now() - timedelta(seconds=1))
    handling.work_off(ANA)
    row.refresh_from_db()
    assert (row.status, row.reason) == ("dead", "lost_secret")
    assert "Envie de novo" in phone.last.text


def test_nobody_else_takes_up_a_fresh_secret(phone: Chat) -> None:
    asked()
    stored(8, "minha senha")
    assert handling.work_off(ANA) == 0


def test_a_message_that_telegram_keeps_is_said_so(telegram: StandIn, phone: Chat) -> None:
    asked()
    row = stored(8, "minha senha", message_id=77).row
    telegram.fails("deleteMessage", 400, "Bad Request: message can't be deleted")
    assert handling.erase(row)
    assert "não me deixou apagar" in phone.last.text
    telegram.fails("deleteMessage", 403, "Forbidden: bot was blocked by the user")
    assert handling.erase(row)


def test_an_answer_that_telegram_refuses_is_not_tried_for_ever(telegram: StandIn, phone: Chat) -> None:
    stored(8, "/ajuda")
    telegram.fails("sendMessage", 400, "Bad Request: can't parse entities")
    handling.work_off(ANA)
    row = BotUpdate.objects.get()
    assert (row.status, row.reason) == ("dead", "refused")
    assert "Algo deu errado aqui" in phone.last.text


def test_who_writes_or_presses_too_fast_is_told_once(telegram: StandIn, phone: Chat) -> None:
    limit = 40
    for number in range(limit):
        stored(100 + number, "/nada", kind=Kind.EDIT)
    handling.work_off(ANA)
    assert phone.texts == []
    stored(200, "/saldo")
    stored(201, "/saldo")
    stored(202, "saldo:", kind=Kind.PRESS, press_id="p1")
    stored(203, "saldo:", kind=Kind.PRESS, press_id="p2")
    handling.work_off(ANA)
    assert phone.texts == ["Um momento: são muitas mensagens seguidas."]
    toasts = [given["text"] for given in telegram.asked("answerCallbackQuery")]
    assert toasts == ["Um momento: são muitas mensagens seguidas."]


def test_a_group_that_writes_too_fast_is_left_alone(telegram: StandIn, phone: Chat) -> None:
    for number in range(45):
        stored(100 + number, "talk", chat_id=-5, is_private=False)
    handling.work_off(-5)
    assert telegram.messages == []


def test_that_the_bot_was_blocked_is_said_by_the_other_channels(phone: Chat, ana: User) -> None:
    phone.phone.blocks_the_bot()
    deliver(phone.phone.world)
    deliver(phone.phone.world)
    (told,) = Notification.objects.for_person(ana).filter(kind="channel_off")
    assert told.words == {"channel": "telegram", "reason": "blocked"}
    assert phone.chat.blocked_at is not None


def test_whoever_takes_the_bot_back_is_not_answered_before_they_speak(phone: Chat) -> None:
    phone.phone.blocks_the_bot()
    deliver(phone.phone.world)
    assert phone.chat.blocked_at is not None
    phone.phone.takes_the_bot_back()
    deliver(phone.phone.world)
    assert phone.chat.blocked_at is None
    assert phone.texts == []


def test_after_three_attempts_the_person_is_told(telegram: StandIn, phone: Chat) -> None:
    stored(8, "/ajuda")
    BotUpdate.objects.update(attempts=3, reason="TelegramUnavailable")
    handling.work_off(ANA)
    row = BotUpdate.objects.get()
    assert (row.status, row.reason, row.payload) == ("dead", "TelegramUnavailable", None)
    assert "Algo deu errado aqui" in phone.last.text


def test_a_group_that_moved_is_answered_where_it_is_now(telegram: StandIn, phone: Chat) -> None:
    telegram.migrated[-5] = -1005
    stored(8, "/saldo", chat_id=-5, is_private=False)
    handling.work_off(-5)
    assert [message.chat_id for message in telegram.messages] == [-1005]
    assert "em particular" in telegram.messages[0].text


def test_the_bank_away_is_said_in_words(telegram: StandIn, phone: Chat, settings: object) -> None:
    settings.PLUGGY_BASE_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "x"  # type: ignore[attr-defined]
    settings.PLUGGY_ATTEMPTS = 1  # type: ignore[attr-defined]
    assert "não respondeu" in phone.says("/conectar_banco").text
