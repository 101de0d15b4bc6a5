"""Telegram's Bot API as a test sees it: a real HTTP server with people, groups, bad luck and a memory."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from tests.telegram_http import Refused, handler_of

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
USERNAME = "finance_hub_test_bot"
LONGEST_TEXT, LONGEST_CAPTION, LONGEST_DATA = 4096, 1024, 64
KNOWN_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
SAYING = {"sendMessage", "sendPhoto", "sendDocument"}


@dataclass
class Message:
    """What is in a chat: said by a person, or by the bot."""

    chat_id: int
    message_id: int
    text: str
    by_bot: bool
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    parse_mode: str = ""
    file: tuple[str, bytes] | None = None
    kind: str = "sendMessage"
    edits: int = 0

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, label: str) -> dict[str, str]:
        found = [one for row in self.keyboard for one in row if label in one["text"]]
        assert found, f"no button {label!r} among {self.labels} under {self.text!r}"
        return found[0]


@dataclass
class Person:
    """Somebody with Telegram on their phone, in the private chat with the bot."""

    world: "StandIn"
    id: int
    name: str
    language: str = "pt-br"
    group_id: int | None = None  # speaks in this group instead

    @property
    def chat_id(self) -> int:
        return self.group_id or self.id

    @property
    def screen(self) -> list[Message]:
        """What the chat shows: edited messages as they are now, deleted ones gone."""
        return [message for message in self.world.messages if message.chat_id == self.chat_id]

    @property
    def heard(self) -> list[Message]:
        """What the bot has said and is still there."""
        return [message for message in self.screen if message.by_bot]

    @property
    def last(self) -> Message:
        assert self.heard, "the bot has said nothing"
        return self.heard[-1]

    def says(self, text: str) -> int:
        """Write into the chat; the update's id."""
        message = self.world.put(Message(self.chat_id, self.world.number(), text, by_bot=False))
        return self.world.tell(message=self.seen(message))

    def edits(self, message: Message, text: str) -> int:
        message.text = text
        return self.world.tell(edited_message=self.seen(message))

    def sends_a_picture(self) -> int:
        message = self.world.put(Message(self.chat_id, self.world.number(), "", by_bot=False))
        photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
        return self.world.tell(message={**self.seen(message, words=False), "photo": photo})

    def presses(self, label: str, message: Message | None = None) -> int:
        """Press the button whose label holds this, under the last message that has buttons."""
        under = message or next(one for one in reversed(self.heard) if one.keyboard)
        return self.sends_data(under.button(label)["callback_data"], under)

    def sends_data(self, data: str, message: Message | None = None) -> int:
        """A press with any data, as a forged client could."""
        under = message or self.last
        query = {"id": str(self.world.number()), "from": self.as_user(), "chat_instance": "1"}
        return self.world.tell(callback_query={**query, "message": self.seen(under), "data": data})

    def blocks_the_bot(self) -> int:
        self.world.blocked.add(self.chat_id)
        return self._changes("member", "kicked")

    def takes_the_bot_back(self) -> int:
        self.world.blocked.discard(self.chat_id)
        return self._changes("kicked", "member")

    def _changes(self, *statuses: str) -> int:
        bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
        old, new = ({"user": bot, "status": status, "until_date": 0} for status in statuses)
        change = {"chat": self.as_chat(), "from": self.as_user(), "date": 1}
        return self.world.tell(my_chat_member={**change, "old_chat_member": old, "new_chat_member": new})

    def as_user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "username": self.name.lower(),
            "language_code": self.language,
        }

    def as_chat(self) -> dict[str, Any]:
        if self.group_id:
            return {"id": self.group_id, "type": "supergroup", "title": "Grupo"}
        return {"id": self.id, "type": "private", "first_name": self.name}

    def seen(self, message: Message, *, words: bool = True) -> dict[str, Any]:
        text = {"text": message.text} if words else {}
        sender = self.as_user() if not message.by_bot else {"id": 1, "is_bot": True, "first_name": "Bot"}
        head = {"message_id": message.message_id, "date": 1_790_000_000, "chat": self.as_chat()}
        return {**head, "from": sender, **text}


class StandIn:
    """The server and everything it knows; a method of the Bot API is a function of the same name here."""

    def __init__(self, port: int = 0) -> None:
        self.messages: list[Message] = []
        self.deleted: list[Message] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.blocked: set[int] = set()
        self.migrated: dict[int, int] = {}
        self.trouble: list[tuple[str, Refused]] = []  # (method, what it answers next)
        self.webhook: dict[str, Any] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.pending: list[dict[str, Any]] = []
        self._numbers = 100
        self._news = threading.Condition()
        self.server = ThreadingHTTPServer(("127.0.0.1", port), handler_of(self.answer))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def number(self) -> int:
        with self._news:
            self._numbers += 1
            return self._numbers

    def put(self, message: Message) -> Message:
        with self._news:
            self.messages.append(message)
            return message

    def person(self, name: str, *, number: int, language: str = "pt-br") -> Person:
        return Person(self, number, name, language)

    def tell(self, **what: Any) -> int:
        """An update happens; it waits until it is fetched or delivered."""
        update = {"update_id": self.number(), **what}
        with self._news:
            self.pending.append(update)
            self._news.notify_all()
        return int(update["update_id"])

    def fails(self, method: str, code: int, description: str, **parameters: int) -> None:
        """The next call of this method is refused so."""
        self.trouble.append((method, Refused(code, description, **parameters)))

    def deliver(self) -> list[int]:
        """Post what waits to the webhook, as Telegram does: the answers' statuses; only a 2xx takes it away."""
        statuses = []
        for update in list(self.pending):
            headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
            answer = httpx.post(self.webhook["url"], json=update, headers=headers, timeout=10)
            statuses.append(answer.status_code)
            if answer.is_success:
                self.pending.remove(update)
        return statuses

    def asked(self, method: str) -> list[dict[str, Any]]:
        return [given for name, given in self.calls if name == method]

    def answer(self, token: str, method: str, given: dict[str, Any]) -> Any:
        """The result of one call. Raises Refused."""
        if token != TOKEN:
            raise Refused(401, "Unauthorized")
        self.calls.append((method, given))
        for entry in self.trouble:
            if entry[0] == method:
                self.trouble.remove(entry)
                raise entry[1]
        deed = getattr(self, re.sub("([A-Z])", lambda found: f"_{found[1].lower()}", f"_{method}"), None)
        if deed is None:
            raise Refused(404, "Not Found: method not found")
        return deed(given)

    def _get_me(self, _given: dict[str, Any]) -> dict[str, Any]:
        return {"id": 1, "is_bot": True, "first_name": "Finance Hub", "username": USERNAME}

    def _get_updates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook.get("url"):
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, deadline = int(given.get("offset", 0)), time.monotonic() + float(given.get("timeout", 0))
        with self._news:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
            while not self.pending and (left := deadline - time.monotonic()) > 0:
                self._news.wait(left)
            return list(self.pending)

    def _set_webhook(self, given: dict[str, Any]) -> bool:
        self.webhook = given
        return True

    def _delete_webhook(self, _given: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    def _get_webhook_info(self, _given: dict[str, Any]) -> dict[str, Any]:
        told = {name: self.webhook[name] for name in ("last_error_message",) if name in self.webhook}
        state = {"url": self.webhook.get("url", ""), "pending_update_count": len(self.pending)}
        return {**state, **told, "has_custom_certificate": False}

    def _set_my_commands(self, given: dict[str, Any]) -> bool:
        self.commands[given.get("language_code", "")] = given["commands"]
        return True

    def _send_message(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._said("sendMessage", given, given.get("text", ""), LONGEST_TEXT)

    def _send_photo(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._said("sendPhoto", given, given.get("caption", ""), LONGEST_CAPTION)

    def _send_document(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._said("sendDocument", given, given.get("caption", ""), LONGEST_CAPTION)

    def _said(self, kind: str, given: dict[str, Any], text: str, longest: int) -> dict[str, Any]:
        chat_id = self._open_chat(given)
        _check(text, given.get("parse_mode", ""), longest)
        files = [value for value in given.values() if isinstance(value, tuple)]
        message = Message(chat_id, self.number(), text, by_bot=True, kind=kind)
        message.keyboard, message.parse_mode = _keyboard(given), given.get("parse_mode", "")
        message.file = files[0] if files else None
        if kind == "sendMessage" and not text:
            raise Refused(400, "Bad Request: message text is empty")
        return self._seen(self.put(message))

    def _edit_message_text(self, given: dict[str, Any]) -> dict[str, Any]:
        message = self._find(given, "edit")
        _check(given["text"], given.get("parse_mode", ""), LONGEST_TEXT)
        if (message.text, message.keyboard) == (given["text"], _keyboard(given)):
            raise Refused(400, "Bad Request: message is not modified")
        message.text, message.keyboard = given["text"], _keyboard(given)
        message.edits += 1
        return self._seen(message)

    def _delete_message(self, given: dict[str, Any]) -> bool:
        message = self._find(given, "delete")
        self.messages.remove(message)
        self.deleted.append(message)
        return True

    def _answer_callback_query(self, given: dict[str, Any]) -> bool:
        return bool(given["callback_query_id"])

    def _open_chat(self, given: dict[str, Any]) -> int:
        chat_id = int(given["chat_id"])
        if chat_id in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat_id in self.migrated:
            new = self.migrated[chat_id]
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, reason, migrate_to_chat_id=new)
        return chat_id

    def _find(self, given: dict[str, Any], deed: str) -> Message:
        where = (self._open_chat(given), int(given["message_id"]))
        for message in self.messages:
            if (message.chat_id, message.message_id) == where:
                return message
        raise Refused(400, f"Bad Request: message to {deed} not found")

    def _seen(self, message: Message) -> dict[str, Any]:
        kind = "private" if message.chat_id > 0 else "supergroup"
        head = {"message_id": message.message_id, "date": 1_790_000_000, "text": message.text}
        return {**head, "chat": {"id": message.chat_id, "type": kind}}


class _Markup(HTMLParser):
    """Telegram's HTML: known tags only, closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in KNOWN_TAGS:
            raise Refused(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refused(400, "Bad Request: can't parse entities: Unmatched end tag")


def _check(text: str, parse_mode: str, longest: int) -> None:
    if len(text.encode("utf-16-le")) // 2 > longest:
        raise Refused(400, "Bad Request: message is too long")
    if parse_mode == "HTML":
        parser = _Markup()
        parser.feed(text)
        if parser.open:
            raise Refused(400, "Bad Request: can't parse entities: Can't find end tag")


def _keyboard(given: dict[str, Any]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = (given.get("reply_markup") or {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if len(button.get("callback_data", "").encode()) > LONGEST_DATA:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in button and not button["url"].startswith(("https://", "http://", "tg://")):
            raise Refused(400, "Bad Request: inline keyboard button URL is invalid")
    return rows


@contextmanager
def running(port: int = 0) -> Iterator[StandIn]:
    """The stand-in, serving until the block ends."""
    world = StandIn(port)
    thread = threading.Thread(target=world.server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield world
    finally:
        world.server.shutdown()
        world.server.server_close()
        thread.join()


@pytest.fixture
def telegram() -> Iterator[StandIn]:
    """A Telegram nobody has written to yet."""
    with running() as world:
        yield world
