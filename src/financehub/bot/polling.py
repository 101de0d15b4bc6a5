"""Asking Telegram for news: stored before it is confirmed, worked off here, a chat's words in their order."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections

from financehub.bot import handling, registering, storing
from financehub.notifications import telegram_bot
from financehub.providers.telegram.errors import TelegramConflict, TelegramError, TelegramRateLimited
from financehub.providers.telegram.updates import Update

TIMEOUT = 25  # seconds of one long poll
THREADS = 4
PAUSE, LONGEST_PAUSE = 1.0, 60.0

log = structlog.get_logger()


class Poller:
    """Reads updates until told to stop. `sleep` waits between failures.

    `must_register`: Telegram could not be told before that we ask by ourselves.
    """

    def __init__(
        self,
        *,
        timeout: int = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        must_register: bool = False,
    ) -> None:
        self._timeout, self._sleep, self._must_register = timeout, sleep, must_register
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="bot")
        self._offset = 0
        self._pause = PAUSE
        self.is_stopped = False

    def run(self) -> None:
        """Until `is_stopped`; what is under way is finished."""
        try:
            while not self.is_stopped:
                self.poll()
        finally:
            self._pool.shutdown(wait=True)

    def poll(self) -> int:
        """One long poll; how many updates were new. A failure is waited out, ever longer."""
        try:
            if self._must_register:
                registering.register()
                self._must_register = False
            updates, offset = telegram_bot.client().get_updates(self._offset, timeout=self._timeout)
            new = sum(self._take(update) for update in updates)
        except TelegramConflict:
            log.warning("bot_updates_read_elsewhere")
            self._wait(LONGEST_PAUSE)
            return 0
        except TelegramRateLimited as limited:
            self._wait(limited.retry_after)
            return 0
        except (TelegramError, DatabaseError, InterfaceError) as failure:
            log.warning("bot_poll_failed", error=type(failure).__name__)
            close_old_connections()
            self._wait(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return 0
        self._offset, self._pause = offset, PAUSE
        return new

    def _take(self, update: Update) -> bool:
        """Store it, then hand it to the pool."""
        stored = storing.store(update)
        if stored is None:
            return False
        if stored.secret is not None:
            self._pool.submit(_finished, lambda: handling.work_off_secret(stored))
        else:
            self._pool.submit(_finished, lambda: handling.work_off(update.chat_id))
        return True

    def finish(self) -> None:
        """Wait for what is under way: for tools and tests."""
        self._pool.shutdown(wait=True)
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="bot")

    def _wait(self, seconds: float) -> None:
        if not self.is_stopped:
            self._sleep(seconds)


def _finished(work: Callable[[], object]) -> None:
    """A failure stays in its row and comes again by the sweeper; the connection of this thread is given back."""
    try:
        work()
    except Exception:
        log.exception("bot_update_failed")
    finally:
        close_old_connections()
