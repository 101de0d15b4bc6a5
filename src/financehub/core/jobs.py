"""How the domain starts background work without importing a task: by name, once the transaction commits."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from threading import Timer

import structlog
from celery import Task, current_app
from django.conf import settings
from django.db import close_old_connections, transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger()


def enqueue(name: str, **kwargs: str | int) -> None:
    """Run the task `name` once the current transaction commits.

    Raises celery.exceptions.NotRegistered for an unknown name at once. A broker that is down loses only the
    hint: the row behind it stays due, and the sweeper offers it again.
    """
    task = _tasks()[name]
    transaction.on_commit(partial(_send, task, kwargs))


def enqueue_in(seconds: float, name: str, **kwargs: str | int) -> None:
    """The same, `seconds` after the commit. Where tasks run at once (eager) later never comes."""
    task = _tasks()[name]
    if not current_app.conf.task_always_eager:
        transaction.on_commit(partial(_send, task, kwargs, seconds))


@cache
def _tasks() -> Mapping[str, Task]:
    """The register, with every room's tasks loaded: only a worker loads them by itself."""
    current_app.loader.import_default_modules()
    return current_app.tasks  # type: ignore[no-any-return]


def _send(task: Task, kwargs: dict[str, str | int], seconds: float = 0) -> None:
    if not settings.CELERY_BROKER_URL and not current_app.conf.task_always_eager:
        _start_here(partial(task.run, **kwargs), seconds)
        return
    try:
        task.apply_async(kwargs=kwargs, countdown=seconds or None, retry=False)
    except (OperationalError, ConnectionError) as error:
        log.warning("job_not_queued", task=task.name, error=type(error).__name__)


def _start_here(work: Callable[[], object], seconds: float) -> None:
    if not seconds:
        _in_process().submit(_run_here, work)
        return
    timer = Timer(seconds, lambda: _in_process().submit(_run_here, work))
    timer.daemon = True
    timer.start()


@cache
def _in_process() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="jobs")


def _run_here(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        close_old_connections()
