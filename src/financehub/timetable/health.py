"""Whether background work is being done: broker, workers, queue, clock, what waits; nobody is asked over the broker.

Workers and the clock are known by their heartbeats, what waits by rows; only the broker itself is looked at.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from financehub.core import clock
from financehub.timetable import backlogs, hearts

PATIENCE = 2.0  # seconds for the broker to answer
GONE = (KombuError, RedisError, OSError)
IN_PROCESS = ("", "memory")


@dataclass(frozen=True)
class Broker:
    """`kind` is the transport's name, empty for none; `depth` is None where it cannot be told."""

    kind: str
    is_reachable: bool
    depth: int | None


@dataclass(frozen=True)
class Health:
    """`status`: ok, in_process (no other process works), or the first thing that is wrong.

    Wrong is: no_database, no_broker, no_worker, no_beat. Ages are in seconds.
    """

    status: str
    broker: Broker
    workers: int = 0
    beat_at: datetime | None = None
    beat_age: float | None = None
    waiting: int = 0
    oldest_kind: str = ""
    oldest_age: float | None = None
    dead: int = 0

    @property
    def is_well(self) -> bool:
        return self.status in {"ok", "in_process"}


def look(*, at: datetime | None = None) -> Health:
    """Everything as it is now."""
    at, broker = at or clock.now(), _broker()
    try:
        return _of_rows(broker, at)
    except (DatabaseError, InterfaceError):
        return Health("no_database", broker)


def _of_rows(broker: Broker, at: datetime) -> Health:
    workers = len(hearts.living(hearts.WORKER, at))
    beat_at = hearts.last_of(hearts.BEAT)
    found = backlogs.look(at)
    oldest = min((one for one in found if one.oldest_at), key=lambda one: one.oldest_at or at, default=None)
    return Health(
        status=_status(broker, workers, is_ticking=bool(hearts.living(hearts.BEAT, at))),
        broker=broker,
        workers=workers,
        beat_at=beat_at,
        beat_age=_age(beat_at, at),
        waiting=sum(one.waiting for one in found),
        oldest_kind=oldest.kind if oldest else "",
        oldest_age=_age(oldest.oldest_at, at) if oldest else None,
        dead=sum(one.dead for one in found),
    )


def _age(moment: datetime | None, at: datetime) -> float | None:
    return None if moment is None else round(max(0.0, (at - moment).total_seconds()), 1)


def _status(broker: Broker, workers: int, *, is_ticking: bool) -> str:
    if not broker.is_reachable:
        return "no_broker"
    if broker.kind and not workers:
        return "no_worker"
    if not is_ticking:
        return "no_beat"
    return "in_process" if broker.kind in IN_PROCESS else "ok"


def _broker() -> Broker:
    """Whether the broker takes work, and how many messages nobody has fetched yet."""
    url = settings.CELERY_BROKER_URL
    if not url:
        return Broker("", is_reachable=True, depth=None)
    with current_app.connection_for_read(url) as link:
        kind = str(link.transport.driver_type)
        try:
            link.ensure_connection(max_retries=1, timeout=PATIENCE)
            return Broker(kind, is_reachable=True, depth=_depth(link))
        except GONE:
            return Broker(kind, is_reachable=False, depth=None)


def _depth(link: Any) -> int:
    try:
        queue = current_app.conf.task_default_queue
        return int(link.default_channel.queue_declare(queue, passive=True).message_count)
    except link.channel_errors:
        return 0  # a queue that nobody has written to yet does not exist
