"""One socket: a ticket opens it, missed events come first, then live ones; it never writes."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from financehub.core.models import Event
from financehub.realtime import log_reading
from financehub.realtime.tails import Line, Switchboard, TooManySockets

PATH = "/ws"
PING_SECONDS = 20.0
SEND_SECONDS = 10.0
LIFE_SECONDS = 3600.0  # then the client comes back with a new ticket, so that a lost membership ends it
REPLAYED_AT_MOST = 1000
MESSAGES_FROM_CLIENT = 600
GOING_AWAY, POLICY, TRY_AGAIN = 1001, 1008, 1013

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

log = structlog.get_logger()


@dataclass
class Socket:
    """An accepted connection of one company; `seen` is the number of the last event it was sent."""

    company_id: UUID
    seen: int
    receive: Receive
    send: Send

    async def tell(self, event: Event) -> None:
        """Pass an event on, once, whatever it came by."""
        if event.number > self.seen:
            await self.say(number=event.number, topic=event.topic, id=event.object_id)
            self.seen = event.number

    async def say(self, **words: str | int) -> None:
        """Send one message. Raises TimeoutError when the client does not take it."""
        message = {"type": "websocket.send", "text": json.dumps(words)}
        await asyncio.wait_for(self.send(message), SEND_SECONDS)


async def serve(scope: Message, receive: Receive, send: Send, switchboard: Switchboard) -> None:
    """The whole life of a connection."""
    await receive()  # websocket.connect
    try:
        company_id = await _authorise(scope)
        if company_id is None:
            await send({"type": "websocket.close", "code": POLICY})
            return
        last = await log_reading.last_number(company_id)
        line = switchboard.join(company_id, last)
    except (DatabaseError, InterfaceError, TooManySockets) as error:
        log.warning("socket_refused", error=type(error).__name__)
        await send({"type": "websocket.close", "code": TRY_AGAIN})
        return
    try:
        await send({"type": "websocket.accept"})
        socket = Socket(company_id, last, receive, send)
        await _run(socket, line, _after(scope))
    finally:
        switchboard.leave(company_id, line)


async def _authorise(scope: Message) -> UUID | None:
    """The company of the ticket, when the page that opens the socket is ours."""
    if scope["path"].rstrip("/") != PATH or not _is_our_origin(scope):
        return None
    ticket = _query(scope, "ticket")
    return await log_reading.redeem(ticket) if ticket else None


def _is_our_origin(scope: Message) -> bool:
    """Browsers always say where a page came from; programs do not, and hold a ticket by their own key."""
    given = dict(scope["headers"]).get(b"origin")
    ours = urlsplit(settings.PUBLIC_URL)
    return given is None or given.decode("latin-1") == f"{ours.scheme}://{ours.netloc}"


def _query(scope: Message, name: str) -> str:
    values = parse_qs(scope["query_string"].decode("latin-1")).get(name, [""])
    return str(values[0])


def _after(scope: Message) -> int | None:
    given = _query(scope, "after")
    return int(given) if given.isdecimal() and len(given) < 19 else None


async def _run(socket: Socket, line: Line, after: int | None) -> None:
    """Until the client leaves, falls behind, talks too much, or its time is over."""
    ends: dict[asyncio.Task[object], int] = {
        _start(_tell(socket, line, after)): TRY_AGAIN,
        _start(line.fell_behind.wait()): TRY_AGAIN,
        _start(_hear(socket)): POLICY,
        _start(asyncio.sleep(LIFE_SECONDS)): GOING_AWAY,
    }
    try:
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in ends:
            task.cancel()
        outcomes = await asyncio.gather(*ends, return_exceptions=True)
    _log_failures(outcomes)
    await _close(socket, ends[next(iter(done))])


def _start(work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
    return asyncio.create_task(work)


def _log_failures(outcomes: list[object | BaseException]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            log.warning("socket_ended", error=type(outcome).__name__)


async def _close(socket: Socket, code: int) -> None:
    closing = socket.send({"type": "websocket.close", "code": code})
    await asyncio.gather(asyncio.wait_for(closing, SEND_SECONDS), return_exceptions=True)


async def _tell(socket: Socket, line: Line, after: int | None) -> None:
    """Say where the log stands, replay what was missed, then pass on what comes."""
    await _replay(socket, after)
    while True:
        try:
            event = await asyncio.wait_for(line.queue.get(), PING_SECONDS)
        except TimeoutError:
            await socket.say(number=socket.seen)
        else:
            await socket.tell(event)


async def _replay(socket: Socket, after: int | None) -> None:
    """Say what was missed. A message without a topic tells only where the log stands, for resuming.

    `reload` says that too much was missed to tell it one by one. The log is read even when nothing was
    missed: an event may have come between asking and joining.
    """
    missed = 0 if after is None else max(0, socket.seen - after)
    too_many = missed > REPLAYED_AT_MOST
    socket.seen -= 0 if too_many else missed
    if too_many:
        await socket.say(number=socket.seen, topic="reload", id="")
    else:
        await socket.say(number=socket.seen)
    while page := await log_reading.events_after(socket.company_id, socket.seen):
        for event in page:
            await socket.tell(event)


async def _hear(socket: Socket) -> None:
    """Nothing a client says has an effect; saying too much ends the line."""
    for _ in range(MESSAGES_FROM_CLIENT):
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
