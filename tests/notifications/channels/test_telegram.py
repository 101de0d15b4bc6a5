"""Telegram through the played Bot API: words and buttons, muting, and a person who blocked the bot."""

from datetime import timedelta

import pytest
from tests.telegram_stand_in import TOKEN, running

from financehub.core import clock, ids
from financehub.notifications import delivering
from financehub.notifications.models import Delivery, Notification, TelegramChat

Status = Delivery.Status


@pytest.fixture
def world(settings):
    with running() as found:
        settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_API_BASE = TOKEN, found.url
        yield found


@pytest.fixture
def phone(world):
    found = world.person("Ana", number=501)
    found.says("/start")
    return found


@pytest.fixture
def chat(ana, phone):
    return TelegramChat.objects.create(person=ana, chat_id=phone.id, linked_at=clock.now())


def deliver(make_delivery, chat, **fields):
    return delivering.deliver(str(make_delivery("telegram", target=str(chat.pk), **fields).pk))


def test_the_chat_hears_it_in_its_own_language(phone, chat, make_delivery):
    TelegramChat.objects.update(language="en")
    words = {"amount": "R$ 1,00", "description": "A <&> B", "account": "c", "day": "d"}
    assert deliver(make_delivery, chat, words=words).status == Status.SENT
    assert "Salary received: R$ 1,00" in phone.last.text
    assert phone.last.parse_mode == "HTML"


def test_a_spending_has_its_buttons(phone, chat, make_delivery):
    row = str(ids.new_id())
    deliver(make_delivery, chat, kind="new_spending", about={"object_kind": "transaction", "object_id": row})
    assert phone.last.labels == ["Categoria", "Ignorar", "Dividir"]
    data = [button["callback_data"] for button in phone.last.keyboard[0]]
    assert data == [f"n:category:{row}", f"n:ignore:{row}", f"n:split:{row}"]
    assert all(len(one) <= 64 for one in data)


def test_a_public_installation_has_a_button_to_its_page(settings, phone, chat, make_delivery):
    settings.IS_HTTPS, settings.PUBLIC_URL = True, "https://hub.example.com"
    deliver(make_delivery, chat)
    assert phone.last.button("Abrir")["url"].startswith("https://hub.example.com/transacoes/")


def test_a_blocked_bot_switches_the_chat_off_and_says_so_elsewhere(phone, chat, ana, make_delivery):
    phone.blocks_the_bot()
    phone.world.fails("sendMessage", 403, "Forbidden: bot was blocked by the user")
    delivery = deliver(make_delivery, chat)
    assert (delivery.status, delivery.reason) == (Status.FAILED, "blocked")
    chat.refresh_from_db()
    assert chat.blocked_at is not None
    assert Notification.objects.for_person(ana).get(kind="channel_off").words["channel"] == "telegram"
    assert deliver(make_delivery, chat).status == Status.SKIPPED


def test_flood_control_is_obeyed(phone, chat, make_delivery):
    phone.world.fails("sendMessage", 429, "Too Many Requests: retry after 90", retry_after=90)
    delivery = deliver(make_delivery, chat)
    assert (delivery.status, delivery.reason) == (Status.WAITING, "too_many_messages")
    assert delivery.due_at - clock.now() > timedelta(seconds=80)


def test_a_chat_that_became_a_group_hears_nothing_more(phone, chat, make_delivery):
    phone.world.fails("sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100777)
    assert deliver(make_delivery, chat).reason == "became_a_group"
    chat.refresh_from_db()
    assert chat.blocked_at is not None


def test_a_muted_chat_hears_only_what_cannot_wait(phone, chat, make_delivery):
    TelegramChat.objects.update(muted_until=clock.now() + timedelta(hours=8))
    assert deliver(make_delivery, chat).reason == "muted"
    assert (
        deliver(make_delivery, chat, kind="connection_asks", words={"institution": "Itaú"}).status
        == Status.SENT
    )
    assert "Itaú" in phone.last.text


def test_a_chat_that_changed_hands_hears_nothing_of_the_former_person(chat, carla, make_delivery):
    delivery = make_delivery("telegram", target=str(chat.pk))
    TelegramChat.objects.update(person=carla)
    assert delivering.deliver(str(delivery.pk)).reason == "nobody"
