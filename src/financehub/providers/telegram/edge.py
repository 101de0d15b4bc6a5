"""The thin asynchronous edge: python-telegram-bot's coroutines run on one loop in one thread, callers just wait."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Loop:
    """An event loop in a thread of its own, started by the first call: a fork before that inherits nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, call: Coroutine[Any, Any, Answer]) -> Answer:
        """Wait for the coroutine's answer, or raise what it raises."""
        return asyncio.run_coroutine_threadsafe(call, self._running()).result()

    def stop(self) -> None:
        """End the thread; a later call starts another."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_serve, args=[self._loop], name="telegram", daemon=True).start()
            return self._loop


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()
