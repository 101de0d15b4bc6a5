"""Is it alive? Answers that tell an outsider nothing else."""

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest
from ninja import Router, Status

from financehub.api.addresses import PUBLIC, at
from financehub.api.shapes import Out
from financehub.core import job_health

router = Router(tags=["health"])
REMEMBERED = "celery-health"
REMEMBERED_SECONDS = 5


class HealthOut(Out):
    """`ok`, or what is wrong."""

    status: str


class CeleryHealthOut(Out):
    """`ok`, `in_process` (no broker: work runs here), `no_worker` or `no_broker`."""

    status: str
    workers: int


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
    """Whether background work is being done; asked of the workers at most every five seconds."""
    state = _remembered() or job_health.look()
    cache.set(REMEMBERED, state, REMEMBERED_SECONDS)
    answer = CeleryHealthOut(status=state.status, workers=state.workers)
    return Status(200 if state.is_well else 503, answer)


def _remembered() -> job_health.JobHealth | None:
    state = cache.get(REMEMBERED)
    return state if isinstance(state, job_health.JobHealth) else None
