"""Is it alive? Answers that tell an outsider nothing else."""

from datetime import datetime
from typing import Self

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest
from ninja import Router, Status

from financehub.api.addresses import PUBLIC, at
from financehub.api.shapes import Out
from financehub.timetable import health as health_of_jobs
from financehub.timetable.health import Health

router = Router(tags=["health"])
REMEMBERED = "celery-health"
REMEMBERED_SECONDS = 2


class HealthOut(Out):
    """`ok`, or what is wrong."""

    status: str


class BrokerOut(Out):
    """`kind` is the transport, empty for none; `queueDepth`: messages that no worker has fetched, null for unknown."""

    kind: str
    is_reachable: bool
    queue_depth: int | None


class BeatOut(Out):
    """When the clock last ticked, null for never, and how many seconds ago."""

    last_tick_at: datetime | None
    seconds_ago: float | None


class WaitingOut(Out):
    """Rows that are due and nobody's: how many, and which kind has waited longest."""

    count: int
    oldest_kind: str
    oldest_seconds: float | None


class CeleryHealthOut(Out):
    """`ok`, or `in_process` (no other process works); or what is wrong:

    `no_database`, `no_broker`, `no_worker`, `no_beat` (the clock is silent).
    """

    status: str
    workers: int
    broker: BrokerOut
    beat: BeatOut
    waiting: WaitingOut
    dead_letters: int

    @classmethod
    def of(cls, state: Health) -> Self:
        return cls(
            status=state.status,
            workers=state.workers,
            broker=BrokerOut(
                kind=state.broker.kind,
                is_reachable=state.broker.is_reachable,
                queue_depth=state.broker.depth,
            ),
            beat=BeatOut(last_tick_at=state.beat_at, seconds_ago=state.beat_age),
            waiting=WaitingOut(
                count=state.waiting, oldest_kind=state.oldest_kind, oldest_seconds=state.oldest_age
            ),
            dead_letters=state.dead,
        )


@at(
    router,
    "GET",
    "/health",
    operation_id="health",
    auth=PUBLIC,
    response={200: HealthOut, 503: HealthOut},
)
def health(request: HttpRequest) -> Status[HealthOut]:  # noqa: ARG001 - Ninja names it
    """Whether this process and its database answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return Status(503, HealthOut(status="database_unreachable"))
    return Status(200, HealthOut(status="ok"))


@at(
    router,
    "GET",
    "/banking/health/celery/",
    operation_id="celery_health",
    auth=PUBLIC,
    response={200: CeleryHealthOut, 503: CeleryHealthOut},
)
def celery_health(request: HttpRequest) -> Status[CeleryHealthOut]:  # noqa: ARG001 - Ninja names it
    """Whether background work is being done, from heartbeats and rows; looked at most every two seconds."""
    state = _remembered() or health_of_jobs.look()
    cache.set(REMEMBERED, state, REMEMBERED_SECONDS)
    return Status(200 if state.is_well else 503, CeleryHealthOut.of(state))


def _remembered() -> Health | None:
    state = cache.get(REMEMBERED)
    return state if isinstance(state, Health) else None
