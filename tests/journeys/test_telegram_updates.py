"""What Telegram tells us: through the door or by asking, twice or out of our sight, each acts once."""

import threading
from typing import Any

import httpx
import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from tests.builders import make_account, make_transaction
from tests.telegram_stand_in import StandIn
from tests.telegram_world import Chat, phone, telegram

from financehub.audit.models import AuditLog
from financehub.bot import receiving, registering, sweeping
from financehub.bot.models import BotUpdate
from financehub.bot.polling import Poller
from financehub.companies.models import Company
from financehub.core import clock

__all__ = ["phone", "telegram"]
pytestmark = pytest.mark.django_db(transaction=True)

DOOR = "/api/webhooks/telegram"


@pytest.fixture
def door(telegram: StandIn, settings: Any, live_server: LiveServer) -> str:
    """The webhook, registered at Telegram and delivered to by real HTTP."""
    settings.TELEGRAM_WEBHOOK_URL = f"{live_server.url}{DOOR}"
    registering.register()
    return str(settings.TELEGRAM_WEBHOOK_URL)


class TestTheDoor:
    def test_answers_what_telegram_delivers(
        self, door: str, telegram: StandIn, phone: Chat, bakery: Company
    ) -> None:
        make_account(company=bakery, balance_cents=123_456, balance_at=clock.now())
        phone.phone.says("/saldo")
        assert telegram.deliver() == [200]
        assert "R$ 1.234,56" in phone.last.text

    def test_an_update_delivered_twice_acts_once(
        self, door: str, telegram: StandIn, phone: Chat, bakery: Company
    ) -> None:
        row = make_transaction(account=make_account(company=bakery))
        phone.phone.says("/ajuda")
        telegram.deliver()
        phone.phone.sends_data(f"n:ignore:{row.pk}")
        twice = dict(telegram.pending[-1])
        assert telegram.deliver() == [200]
        said = len(phone.texts)
        telegram.pending.append(twice)
        assert telegram.deliver() == [200]
        assert len(phone.texts) == said
        assert AuditLog.objects.filter(action="company.transaction_edited").count() == 1

    @pytest.mark.parametrize("secret", ["", "wrong"])
    def test_a_stranger_is_refused_and_nothing_is_stored(
        self, door: str, telegram: StandIn, secret: str
    ) -> None:
        message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}
        body = {"update_id": 1, "message": message}
        answer = httpx.post(door, json=body, headers={receiving.HEADER: secret})
        assert answer.status_code == 401
        assert not BotUpdate.objects.exists()

    def test_what_is_no_update_is_taken_and_forgotten(self, door: str, telegram: StandIn) -> None:
        headers = {receiving.HEADER: receiving.secret()}
        for body in (b"", b"[]", b"{}", b'{"update_id": 3, "poll": {}}', b"\xff"):
            assert httpx.post(door, content=body, headers=headers).status_code == 200
        assert not BotUpdate.objects.exists()
        assert httpx.get(door, headers=headers).status_code == 405

    @pytest.mark.parametrize(("token", "url"), [("", "https://hub.example.com/x"), ("1:x", "")])
    def test_it_is_not_there_without_a_bot_or_when_we_ask_by_ourselves(
        self, client: Client, settings: Any, token: str, url: str
    ) -> None:
        settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_WEBHOOK_URL = token, url
        answer = client.post(DOOR, data="{}", content_type="application/json")
        assert answer.status_code == 404


class TestAsking:
    def test_reads_stores_and_answers(self, telegram: StandIn, phone: Chat, bakery: Company) -> None:
        make_account(company=bakery, balance_cents=100, balance_at=clock.now())
        poller = Poller(timeout=0)
        phone.phone.says("/saldo")
        phone.phone.says("/ajuda")
        assert poller.poll() == 2
        poller.finish()
        assert "R$ 1,00" in phone.texts[0]
        assert "O que eu sei fazer" in phone.texts[1]
        assert poller.poll() == 0
        assert telegram.pending == []  # confirmed by the second question
        assert [row.status for row in BotUpdate.objects.all()] == ["done", "done"]

    def test_what_was_not_confirmed_comes_again_and_acts_once(
        self, telegram: StandIn, phone: Chat, bakery: Company
    ) -> None:
        phone.phone.says("/ajuda")
        for _ in range(2):  # a second process that knows nothing of the first
            poller = Poller(timeout=0)
            poller.poll()
            poller.finish()
        assert len(phone.texts) == 1

    def test_a_failure_is_waited_out(self, telegram: StandIn, phone: Chat) -> None:
        pauses: list[float] = []
        poller = Poller(timeout=0, sleep=pauses.append)
        telegram.fails("getUpdates", 502, "Bad Gateway")
        telegram.fails("getUpdates", 429, "Too Many Requests", retry_after=30)
        telegram.fails("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        assert [poller.poll() for _ in range(3)] == [0, 0, 0]
        assert pauses == [1.0, 30.0, 60.0]
        phone.phone.says("/ajuda")
        assert poller.poll() == 1
        poller.finish()

    def test_it_stops_when_told_to(self, telegram: StandIn) -> None:
        poller = Poller(timeout=1)
        thread = threading.Thread(target=poller.run)
        thread.start()
        poller.is_stopped = True
        thread.join(timeout=20)
        assert not thread.is_alive()


class TestTrouble:
    def test_telegram_away_while_answering_is_tried_again(
        self, telegram: StandIn, phone: Chat, bakery: Company
    ) -> None:
        telegram.fails("sendMessage", 502, "Bad Gateway")
        phone.phone.says("/ajuda")
        poller = Poller(timeout=0)
        poller.poll()
        poller.finish()
        row = BotUpdate.objects.get()
        assert (row.status, row.reason) == ("waiting", "TelegramUnavailable")
        assert phone.texts == []
        BotUpdate.objects.update(due_at="2020-01-01T00:00:00Z")
        sweeping.sweep()
        assert len(phone.texts) == 1
        row.refresh_from_db()
        assert (row.status, row.payload) == ("done", None)

    def test_a_message_that_a_dead_process_left_is_answered_by_the_sweep(
        self, telegram: StandIn, phone: Chat
    ) -> None:
        phone.phone.says("/ajuda")
        from_telegram = telegram.pending[0]
        BotUpdate.objects.create(
            update_id=from_telegram["update_id"],
            chat_id=phone.phone.id,
            status="running",
            attempts=1,
            payload={"id": from_telegram["update_id"], "kind": "text", "chat_id": phone.phone.id, "is_private": True,
                     "text": "/ajuda"},
            due_at="2020-01-01T00:00:00Z",
            lease_until="2020-01-01T00:00:00Z",
            received_at="2020-01-01T00:00:00Z",
        )  # fmt: skip
        sweeping.sweep()
        assert len(phone.texts) == 1
        assert BotUpdate.objects.get().attempts == 2

    def test_one_chat_cannot_keep_the_bot_busy(self, telegram: StandIn, phone: Chat) -> None:
        phone.says("/ajuda")
        said = len(telegram.asked("answerCallbackQuery"))
        for _ in range(50):
            phone.phone.sends_data("gone:")
        poller = Poller(timeout=0)
        poller.poll()
        poller.finish()
        toasts = [given["text"] for given in telegram.asked("answerCallbackQuery")][said:]
        assert len(toasts) == 39 + 1  # forty a minute, the first was a command; and once that it was too much
        assert toasts[-1] == "Um momento: são muitas mensagens seguidas."
        assert not BotUpdate.objects.exclude(status="done").exists()
