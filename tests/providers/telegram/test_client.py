"""The client against a server that speaks the Bot API: what arrives, what is refused, what is tried again."""

import logging
import pickle
import threading
import time
from collections.abc import Iterator

import pytest
from tests.telegram_stand_in import TOKEN, StandIn

from financehub.providers.telegram import errors
from financehub.providers.telegram.client import TelegramClient
from financehub.providers.telegram.exchange import ClientSettings
from financehub.providers.telegram.keyboards import Button, inline
from financehub.providers.telegram.updates import Kind

ANA = 501


@pytest.fixture
def pauses() -> list[float]:
    """The seconds that the client would have slept."""
    return []


@pytest.fixture
def client(telegram: StandIn, pauses: list[float]) -> Iterator[TelegramClient]:
    settings = ClientSettings(sleep=pauses.append)
    with TelegramClient(TOKEN, base_url=telegram.url, settings=settings) as client:
        yield client


class TestSaying:
    def test_a_message_arrives_with_its_buttons(self, telegram: StandIn, client: TelegramClient) -> None:
        keyboard = inline([[Button("Sim", data="yes"), Button("Site", url="https://hub.example.com")]])
        sent = client.send_message(ANA, "<b>Oi</b> &amp; tchau", reply_markup=keyboard)
        message = telegram.messages[-1]
        assert (sent.chat_id, sent.message_id) == (ANA, message.message_id)
        assert (message.text, message.parse_mode) == ("<b>Oi</b> &amp; tchau", "HTML")
        assert message.keyboard == [
            [{"text": "Sim", "callback_data": "yes"}, {"text": "Site", "url": "https://hub.example.com"}]
        ]

    def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(
        self, telegram: StandIn, client: TelegramClient
    ) -> None:
        text = "\n".join(f"<b>{number}</b> " + "x" * 80 for number in range(100))
        client.send_message(ANA, text, reply_markup=inline([[Button("Mais", data="more")]]))
        assert "\n".join(message.text for message in telegram.messages) == text
        assert [message.labels for message in telegram.messages] == [[], [], ["Mais"]]

    def test_pictures_and_files_arrive_whole(self, telegram: StandIn, client: TelegramClient) -> None:
        client.send_photo(ANA, b"\x89PNG...", caption="Leia")
        client.send_document(ANA, b"dia;valor\n", "extrato.csv", caption="x" * 2000)
        photo, before, document = telegram.messages
        assert (photo.text, photo.file) == ("Leia", ("picture.png", b"\x89PNG..."))
        assert before.text == "x" * 2000
        assert document.file == ("extrato.csv", b"dia;valor\n")

    def test_an_edit_that_changes_nothing_is_no_error(
        self, telegram: StandIn, client: TelegramClient
    ) -> None:
        sent = client.send_message(ANA, "um")
        for text in ("dois", "dois"):
            client.edit_message_text(ANA, sent.message_id, text)
        assert [(message.text, message.edits) for message in telegram.messages] == [("dois", 1)]

    def test_a_message_that_is_gone_counts_as_deleted(
        self, telegram: StandIn, client: TelegramClient
    ) -> None:
        sent = client.send_message(ANA, "senha")
        assert client.delete_message(ANA, sent.message_id)
        assert client.delete_message(ANA, sent.message_id)
        assert telegram.messages == []
        telegram.fails("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
        assert not client.delete_message(ANA, sent.message_id)


class TestTrouble:
    @pytest.mark.parametrize(
        ("code", "description", "expected"),
        [
            (403, "Forbidden: bot was blocked by the user", errors.TelegramForbidden),
            (403, "Forbidden: user is deactivated", errors.TelegramForbidden),
            (400, "Bad Request: chat not found", errors.TelegramChatGone),
            (400, "Bad Request: can't parse entities", errors.TelegramBadRequest),
            (401, "Unauthorized", errors.TelegramBadToken),
            (404, "Not Found", errors.TelegramBadToken),
            (409, "Conflict: terminated by other getUpdates request", errors.TelegramConflict),
            (502, "Bad Gateway", errors.TelegramUnavailable),
        ],
    )
    def test_each_refusal_says_what_to_do(
        self, telegram: StandIn, client: TelegramClient, code: int, description: str, expected: type
    ) -> None:
        telegram.fails("sendMessage", code, description)
        with pytest.raises(errors.TelegramError) as caught:
            client.send_message(ANA, "oi")
        assert type(caught.value) is expected
        assert type(pickle.loads(pickle.dumps(caught.value))) is expected
        assert telegram.messages == []

    def test_a_pause_that_telegram_asks_for_is_made(
        self, telegram: StandIn, client: TelegramClient, pauses: list[float]
    ) -> None:
        telegram.fails("sendMessage", 429, "Too Many Requests: retry after 4", retry_after=4)
        client.send_message(ANA, "oi")
        assert pauses == [4.0]
        assert [message.text for message in telegram.messages] == ["oi"]

    def test_a_pause_that_is_too_long_is_the_callers(
        self, telegram: StandIn, client: TelegramClient, pauses: list[float]
    ) -> None:
        telegram.fails("sendMessage", 429, "Too Many Requests: retry after 300", retry_after=300)
        with pytest.raises(errors.TelegramRateLimited) as caught:
            client.send_message(ANA, "oi")
        assert caught.value.retry_after == 300
        assert pauses == []

    def test_a_migrated_group_tells_its_new_id(self, telegram: StandIn, client: TelegramClient) -> None:
        telegram.migrated[-5] = -1005
        with pytest.raises(errors.TelegramChatMigrated) as caught:
            client.send_message(-5, "oi")
        assert caught.value.new_id == -1005

    def test_a_message_is_not_said_twice_when_the_answer_was_lost(
        self, telegram: StandIn, client: TelegramClient
    ) -> None:
        telegram.fails("sendMessage", 502, "Bad Gateway")
        with pytest.raises(errors.TelegramUnavailable):
            client.send_message(ANA, "oi")
        assert len(telegram.asked("sendMessage")) == 1

    def test_what_can_be_repeated_is(
        self, telegram: StandIn, client: TelegramClient, pauses: list[float]
    ) -> None:
        telegram.fails("getMe", 502, "Bad Gateway")
        assert client.get_me().username == "finance_hub_test_bot"
        assert pauses == [0.5]

    def test_nobody_there_is_tried_again_and_then_said(self, pauses: list[float]) -> None:
        settings = ClientSettings(sleep=pauses.append, timeout=2)
        with (
            TelegramClient(TOKEN, base_url="http://127.0.0.1:9", settings=settings) as client,
            pytest.raises(errors.TelegramUnavailable) as caught,
        ):
            client.send_message(ANA, "oi")
        assert pauses == [0.5, 1.0]
        assert TOKEN not in str(caught.value)

    def test_neither_token_nor_words_reach_an_error_or_a_log(
        self, telegram: StandIn, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        settings = ClientSettings(attempts=1)
        with TelegramClient("999:wrong-token", base_url=telegram.url, settings=settings) as client:
            with pytest.raises(errors.TelegramBadToken) as caught:
                client.send_message(ANA, "minha senha")
            told = f"{caught.value} {caught.value!r} {client!r} {caplog.text}"
        assert caught.value.__cause__ is None
        assert "wrong-token" not in told
        assert "minha senha" not in told


class TestHearing:
    def test_updates_wait_until_they_are_confirmed(self, telegram: StandIn, client: TelegramClient) -> None:
        ana = telegram.person("Ana", number=ANA)
        first = ana.says("/saldo")
        found, offset = client.get_updates(timeout=0)
        assert [(update.id, update.kind, update.text) for update in found] == [(first, Kind.TEXT, "/saldo")]
        assert client.get_updates(timeout=0)[0] == found
        assert client.get_updates(offset, timeout=0) == ([], offset)

    def test_a_long_poll_ends_when_somebody_speaks(self, telegram: StandIn, client: TelegramClient) -> None:
        ana = telegram.person("Ana", number=ANA)
        started = time.monotonic()
        timer = threading.Timer(0.2, ana.says, ["oi"])
        timer.start()
        found, _ = client.get_updates(timeout=30)
        timer.join()
        assert [update.text for update in found] == ["oi"]
        assert time.monotonic() - started < 25

    def test_updates_are_read_in_one_place(self, telegram: StandIn, client: TelegramClient) -> None:
        client.set_webhook("https://hub.example.com/api/webhooks/telegram", secret_token="s3cret")
        assert telegram.webhook["secret_token"] == "s3cret"
        assert "callback_query" in telegram.webhook["allowed_updates"]
        assert client.webhook_state().url == "https://hub.example.com/api/webhooks/telegram"
        with pytest.raises(errors.TelegramConflict):
            client.get_updates(timeout=0)
        client.delete_webhook()
        assert client.get_updates(timeout=0)[0] == []

    def test_the_menu_is_set_for_each_language(self, telegram: StandIn, client: TelegramClient) -> None:
        client.set_commands([("saldo", "Quanto tenho")])
        client.set_commands([("saldo", "What I have")], language="en")
        assert telegram.commands == {
            "": [{"command": "saldo", "description": "Quanto tenho"}],
            "en": [{"command": "saldo", "description": "What I have"}],
        }


def test_one_client_serves_many_threads(telegram: StandIn, client: TelegramClient) -> None:
    threads = [threading.Thread(target=client.send_message, args=[number, "oi"]) for number in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(message.chat_id for message in telegram.messages) == list(range(1, 13))


def test_a_limiter_is_asked_for_every_message_and_for_nothing_else(telegram: StandIn) -> None:
    class Counting:
        asked: list[int] = []

        def acquire(self, chat_id: int) -> None:
            self.asked.append(chat_id)

    limiter = Counting()
    with TelegramClient(TOKEN, base_url=telegram.url, limiter=limiter) as client:
        sent = client.send_message(ANA, "\n".join(["x" * 80] * 60))
        client.edit_message_text(ANA, sent.message_id, "y")
        client.get_me()
    assert limiter.asked == [ANA, ANA]
