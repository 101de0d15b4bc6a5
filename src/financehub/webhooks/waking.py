"""Waking the workers: one message for all events of a moment, sent beside the request, not inside it."""

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import sleep

import structlog
from celery import current_app
from django.db import DatabaseError, InterfaceError, close_old_connections

from financehub.core import jobs

GAP_SECONDS = 0.05

log = structlog.get_logger()


class Bell:
    """A thread that calls `send` soon after somebody rang, and at most every GAP_SECONDS.

    A bell that dies with its process loses only a hint: the sweep on the clock offers the same rows.
    """

    def __init__(self, send: Callable[[], None]) -> None:
        self._send = send
        self._rung = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    @property
    def is_rung(self) -> bool:
        """Whether `send` will be called for what was stored before now."""
        return self._rung.is_set() and self._is_alive()

    def ring(self) -> None:
        self._rung.set()
        if not self._is_alive():
            self._start()

    def _is_alive(self) -> bool:
        """Not where there is none yet, or where a fork left it behind."""
        return self._thread is not None and self._thread.is_alive()

    def _start(self) -> None:
        with self._lock:
            if not self._is_alive():
                self._thread = Thread(target=self._work, name="webhook-bell", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            self._rung.wait()
            self._rung.clear()
            self._send()
            sleep(GAP_SECONDS)


def _offer_from_thread() -> None:
    try:
        jobs.enqueue("webhooks.offer")
        close_old_connections()
    except (DatabaseError, InterfaceError) as error:
        log.warning("webhook_bell_unheard", error=type(error).__name__)


_bell = Bell(_offer_from_thread)


def ring() -> None:
    """Somebody stored an event that can be handled now."""
    if _bell.is_rung:
        return
    if current_app.conf.task_always_eager:
        jobs.enqueue("webhooks.offer")
    else:
        _bell.ring()
