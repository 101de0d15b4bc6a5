"""One reader per company follows the log and feeds every socket of that company."""

import asyncio
from uuid import UUID

import structlog
from django.db import DatabaseError, InterfaceError

from financehub.core.models import Event
from financehub.realtime import log_reading
from financehub.realtime.bells import Bell

QUEUE_SIZE = 256
SOCKETS_PER_COMPANY = 100
POLL_SECONDS = 0.5
POLL_SECONDS_WITH_BELL = 5.0

log = structlog.get_logger()


class TooManySockets(Exception):
    """The company has as many sockets open as one may have."""


class Line:
    """What waits to be sent on one socket. A reader that falls behind is marked, and its socket is cut."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Event] = asyncio.Queue(QUEUE_SIZE)
        self.fell_behind = asyncio.Event()

    def offer(self, event: Event) -> None:
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            self.fell_behind.set()


class Tail:
    """Reads one company's log from `position` on, woken by the bell or by the clock."""

    def __init__(self, company_id: UUID, position: int, bell: Bell) -> None:
        self.lines: set[Line] = set()
        self._company_id = company_id
        self._position = position
        self._bell = bell
        self._news = asyncio.Event()
        self._task = asyncio.create_task(self._follow())

    def wake(self) -> None:
        self._news.set()

    def stop(self) -> None:
        self._task.cancel()

    async def _follow(self) -> None:
        while True:
            try:
                await self._read()
            except (DatabaseError, InterfaceError) as error:
                log.warning("log_not_read", error=type(error).__name__)
            await self._wait()

    async def _wait(self) -> None:
        seconds = POLL_SECONDS_WITH_BELL if self._bell.is_heard else POLL_SECONDS
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return
        self._news.clear()

    async def _read(self) -> None:
        page = await log_reading.events_after(self._company_id, self._position)
        while page:
            for event in page:
                for line in self.lines:
                    line.offer(event)
                self._position = event.number
            page = await log_reading.events_after(self._company_id, self._position)


class Switchboard:
    """Every tail of this process, and the bell that wakes them."""

    def __init__(self) -> None:
        self._tails: dict[str, Tail] = {}
        self._bell = Bell(self._wake)
        self._listening: asyncio.Task[None] | None = None

    @property
    def sockets(self) -> int:
        return sum(len(tail.lines) for tail in self._tails.values())

    def join(self, company_id: UUID, position: int) -> Line:
        """A line that gets every event numbered past `position`. Raises TooManySockets."""
        if self._listening is None:
            self._listening = asyncio.create_task(self._bell.listen())
        tail = self._tails.get(str(company_id))
        if tail is None:
            tail = self._tails[str(company_id)] = Tail(company_id, position, self._bell)
        if len(tail.lines) >= SOCKETS_PER_COMPANY:
            raise TooManySockets
        line = Line()
        tail.lines.add(line)
        return line

    def leave(self, company_id: UUID, line: Line) -> None:
        """The last to leave stops the tail."""
        tail = self._tails[str(company_id)]
        tail.lines.discard(line)
        if not tail.lines:
            tail.stop()
            del self._tails[str(company_id)]

    def close(self) -> None:
        for tail in self._tails.values():
            tail.stop()
        if self._listening is not None:
            self._listening.cancel()

    def _wake(self, company_id: str) -> None:
        if tail := self._tails.get(company_id):
            tail.wake()
