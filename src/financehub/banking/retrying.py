"""Whose a running Sync is, and what becomes of one that did not end well: tried again later, or given up.

Two counts, for two things. `failures`: tries that ended in an error. `deaths`: workers in a row that vanished while
they ran it. A deployment makes deaths too, so many are borne, ever further apart, before the Sync itself is blamed.
"""

from contextlib import suppress
from datetime import timedelta

import structlog
from django.db import transaction

from financehub.banking.models import Sync
from financehub.banking.noticing import connections
from financehub.banking.problems import code_of, problem_of_code
from financehub.core import clock, events, jobs
from financehub.core.documents import mask_documents
from financehub.core.errors import Conflict
from financehub.providers.pluggy.errors import PluggyError, PluggyRateLimited

LEASE = timedelta(minutes=3)  # renewed on the way, before requests and writes
RENEW_AFTER = LEASE / 3
MAX_FAILURES = 5
MAX_DEATHS = 12
BACKOFF_SECONDS = (30, 120, 600, 1800)
EARLY_DEATHS = 2  # taken up again at once
LONGEST_MESSAGE = 400
WORKER_DIED = "WORKER_DIED"

log = structlog.get_logger()


class LeaseLost(Conflict):
    """This worker was too slow and another has taken the Sync over: stop writing."""

    code = "lease_lost"


def keep(sync: Sync) -> None:
    """Hold the lease while requests go out, or wait to. Raises LeaseLost."""
    if sync.lease_until is None or sync.lease_until - clock.now() < LEASE - RENEW_AFTER:
        renew(sync)


def renew(sync: Sync) -> None:
    """Inside a transaction it also holds the row: what follows is written by its holder alone. Raises LeaseLost."""
    mine = Sync.objects.of(sync.company_id).filter(
        pk=sync.pk, status=Sync.Status.RUNNING, attempts=sync.attempts
    )
    until = clock.now() + LEASE
    if not mine.update(lease_until=until):
        raise LeaseLost
    sync.lease_until = until


def retry_or_fail(sync: Sync, error: PluggyError) -> None:
    """The vendor could not answer: again after the longest of our wait, the problem's and what it asked for."""
    failures = sync.failures + 1
    if failures >= MAX_FAILURES:
        fail(sync, code_of(error), error.message)
        return
    wait = _backoff(failures)
    delay = problem_of_code(code_of(error)).delay
    wait = max(wait, delay.total_seconds() if delay else 0)
    if isinstance(error, PluggyRateLimited) and error.retry_after:
        wait = max(wait, int(error.retry_after))
    put_back(sync, seconds=wait, failures=failures, error_code=code_of(error), message=error.message)


def set_down(sync: Sync) -> None:
    """The worker stumbled: the next attempt comes after the usual wait, the last one ends it."""
    failures = sync.failures + 1
    with suppress(LeaseLost):
        if failures >= MAX_FAILURES:
            fail(sync, WORKER_DIED)
        else:
            put_back(sync, seconds=_backoff(failures), failures=failures, error_code=WORKER_DIED)


def put_back(
    sync: Sync, *, seconds: float, failures: int | None = None, error_code: str = "", message: str = ""
) -> None:
    """From running to waiting; the sweeper or the delayed task takes it up again."""
    due_at = clock.now() + timedelta(seconds=seconds)
    with transaction.atomic():
        renew(sync)
        sync.move_to(
            Sync.Status.PENDING,
            due_at=due_at,
            lease_until=None,
            failures=sync.failures if failures is None else failures,
            deaths=0,
            **_trouble(sync, error_code, message),
        )
        jobs.enqueue_in(seconds, "banking.run_sync", sync_id=str(sync.pk))
        events.publish(sync.company_id, "sync", sync.pk)


def fail(sync: Sync, code: str, message: str = "") -> None:
    """Given up, and told to whom it concerns."""
    with transaction.atomic():
        renew(sync)
        _end(sync, code, message)


def take_over(sync: Sync, *, soonest: timedelta) -> bool:
    """From a worker that died: once more, later each time, or the end; whether this caller did it.

    `soonest`: how long ago the first of its deaths shall have been due, so that it is offered at once.
    """
    at, deaths = clock.now(), sync.deaths + 1
    with transaction.atomic():
        if deaths >= MAX_DEATHS:
            return _end(sync, WORKER_DIED)
        wait = -soonest if deaths <= EARLY_DEATHS else timedelta(seconds=_backoff(deaths - EARLY_DEATHS))
        taken = sync.try_move_to(Sync.Status.PENDING, due_at=at + wait, lease_until=None, deaths=deaths)
        if taken:
            events.publish(sync.company_id, "sync", sync.pk)
    return taken


def _end(sync: Sync, code: str, message: str = "") -> bool:
    at = clock.now()
    trouble = _trouble(sync, code, message)
    ended = sync.try_move_to(Sync.Status.FAILED, finished_at=at, lease_until=None, **trouble)
    if ended:
        events.publish(sync.company_id, "sync", sync.pk)
        connections.tell_sync_failed(sync, code, at=at)
        log.warning("sync_failed", sync_id=str(sync.pk), code=code, attempts=sync.attempts)
    return ended


def _backoff(times: int) -> float:
    return float(BACKOFF_SECONDS[min(times, len(BACKOFF_SECONDS)) - 1])


def _trouble(sync: Sync, code: str, message: str) -> dict[str, object]:
    """What a receipt says of an attempt that did not succeed; the vendor's words without documents."""
    return {
        "requests": sync.requests,
        "error_code": code,
        "error_action": problem_of_code(code).action.value if code else "",
        "error_message": mask_documents(message)[:LONGEST_MESSAGE],
    }
