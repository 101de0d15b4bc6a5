"""The inbox under chaos: events knock at the real door; workers find time, lose their broker, or die on the way."""

import io
import json
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import DatabaseError, connections

from bench.convergence_chaos import Chaos, Crash
from financehub.core import clock
from financehub.core.models import Lease
from financehub.webhooks import handling, offering
from financehub.webhooks.early import doors_first
from financehub.webhooks.models import WebhookEvent

VENDOR_TRIES, ROUNDS = 6, 5
DOOR, WORK = 4, 500  # statements among which a crash is placed
Event = dict[str, Any]


def knock(path: str, raw: bytes, header: tuple[str, str]) -> int:
    """Post to the door as it stands before Django; the status."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(raw)),
        "SERVER_NAME": "x",
        "SERVER_PORT": "80",
        header[0]: header[1],
        "wsgi.input": io.BytesIO(raw),
    }
    door = doors_first(lambda _environ, _start: [b""])
    door(environ, lambda status, _headers: told.append(status))
    return int(told[0][:3])


class Inbox:
    """Brings a day's events to the door in the order of the chaos, and lets workers work in between.

    `forget_connections` is called before a fork: two processes must not share a vendor's connection.
    """

    def __init__(
        self,
        kind: str,
        chaos: Chaos,
        knock_with: Callable[[bytes], int],
        forget_connections: Callable[[], object],
    ) -> None:
        self._kind, self._chaos, self._knock = kind, chaos, knock_with
        self._forget_connections = forget_connections

    def deliver(self, events: list[Event], *, is_last: bool) -> None:
        """One day."""
        if self._kind == "quiet":
            reached = [json.dumps(event).encode() for event in events]
        else:
            reached = self._chaos.day(events, is_last=is_last)
        for part in self._chaos.parts(reached):
            for raw in part:
                self._deliver_one(raw)
            self._work_off_here()
        if self._kind == "killed" and WebhookEvent.objects.open().exists():
            self._kill_a_process_at_work()

    def _deliver_one(self, raw: bytes) -> None:
        """The vendor tries again after a 503, and after an answer that never came."""
        for _ in range(VENDOR_TRIES):
            try:
                with self._chaos.mishap(DOOR):
                    status = self._knock(raw)
            except Crash:
                connections.close_all()
                continue
            if status != 503:
                return

    def _work_off_here(self) -> None:
        """What the bell would make a worker do, unless the broker lost it or the worker dies on the way."""
        if self._kind == "killed" or self._chaos.broker_is_away():
            return
        with eagerly():
            for _ in range(ROUNDS):
                try:
                    with self._chaos.mishap(WORK), suppress(DatabaseError):
                        if not offering.offer():
                            break
                except Crash:
                    connections.close_all()

    def _kill_a_process_at_work(self) -> None:
        """Events are worked off by a real process, which is killed at any moment."""
        connections.close_all()
        for _ in range(2):
            self._forget_connections()
            worker = os.fork()
            if worker == 0:
                _work_off()
            time.sleep(self._chaos.dice.uniform(0.05, 1.0))
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            self._chaos.crashes += 1


class eagerly:  # noqa: N801 - a block
    """Tasks run where they are asked for, for the block."""

    def __enter__(self) -> None:
        current_app.conf.task_always_eager = True

    def __exit__(self, *_: object) -> None:
        current_app.conf.task_always_eager = False


def _work_off() -> None:
    """In the child: offer and handle until killed."""
    current_app.conf.task_always_eager = True
    random.seed(os.getpid())
    while True:
        with suppress(Exception):
            offering.offer()
        for key in WebhookEvent.objects.claimable(clock.now()).values_list("pk", flat=True)[:50]:
            with suppress(Exception):
                handling.handle_event(str(key))
        time.sleep(0.02)


def let_leases_end() -> None:
    """Whoever held something is dead, and what waited for later is due."""
    past = clock.now() - timedelta(seconds=1)
    Lease.objects.update(expires_at=past)
    WebhookEvent.objects.filter(lease_until__isnull=False).update(lease_until=past)
    WebhookEvent.objects.filter(due_at__isnull=False).update(due_at=past)


def unfinished() -> list[Any]:
    """What is still open in the inbox."""
    return list(WebhookEvent.objects.open().values_list("type", "status", "last_error"))


def stored_twice() -> int:
    """Events with more rows than one."""
    names = list(WebhookEvent.objects.values_list("source", "external_id"))
    return len(names) - len(set(names))
