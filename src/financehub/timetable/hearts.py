"""Signs of life: each process that works by time writes a row every few seconds; silence is its death."""

import os
import socket
import threading
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, InterfaceError, connection

from financehub.core import clock
from financehub.timetable.models import Heartbeat

BEAT, WORKER = "beat", "worker"
EVERY_SECONDS = 10.0
SILENT_AFTER = 35.0  # seconds: three signs missed
FORGOTTEN_AFTER = timedelta(hours=1)

log = structlog.get_logger()


def name_of(kind: str) -> str:
    """This process, e.g. `worker machine:4711`."""
    return f"{kind} {socket.gethostname()[:80]}:{os.getpid()}"


def show(kind: str, *, at: datetime | None = None) -> None:
    """This process lives."""
    at = at or clock.now()
    Heartbeat.objects.update_or_create(
        name=name_of(kind),
        defaults={"at": at, "kind": kind},
        create_defaults={"at": at, "kind": kind, "started_at": at},
    )


def show_now_and_then(kind: str, *, at: datetime) -> None:
    """The same for a process that comes by more often than its sign needs writing."""
    lately = Heartbeat.objects.filter(
        name=name_of(kind), at__gt=at - timedelta(seconds=EVERY_SECONDS / 2), at__lte=at
    )
    if not lately.exists():
        show(kind, at=at)


def living(kind: str, at: datetime) -> list[Heartbeat]:
    """Those heard of lately."""
    return [heart for heart in Heartbeat.objects.filter(kind=kind) if heart.age(at) <= SILENT_AFTER]


def last_of(kind: str) -> datetime | None:
    """When the kind was last heard of, living or not."""
    newest = Heartbeat.objects.filter(kind=kind).order_by("-at").first()
    return newest.at if newest else None


def forget_old(at: datetime) -> None:
    """Drop processes that ended long ago; the last beat stays, so that its silence can be told."""
    old = Heartbeat.objects.filter(at__lt=at - FORGOTTEN_AFTER)
    newest = Heartbeat.objects.filter(kind=BEAT).order_by("-at").values_list("pk", flat=True).first()
    old.exclude(pk=newest).delete()


class Pulse:
    """Shows one kind's sign of life from a thread of its own until stopped."""

    def __init__(self, kind: str, *, every: float = EVERY_SECONDS) -> None:
        self._kind, self._every = kind, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"{kind}-pulse", daemon=True)

    def start(self) -> "Pulse":
        self._thread.start()
        return self

    def stop(self) -> None:
        """End in good order: nobody need wait for the silence."""
        self._stopped.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            try:
                show(self._kind)
            except (DatabaseError, InterfaceError) as error:
                log.warning("pulse_not_written", kind=self._kind, error=type(error).__name__)
                connection.close()
            if self._stopped.wait(self._every):
                break
        with suppress(DatabaseError, InterfaceError):
            Heartbeat.objects.filter(name=name_of(self._kind)).delete()
        connection.close()
