"""What the product's processes have in common, loaded once; each is then a fork that shares it.

Importing this module sets Django up from the environment. Neither that nor `load` may start a thread or open
a connection: a fork would inherit half of it.
"""

import gc
import sys
import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module

import django
from celery.exceptions import SecurityWarning
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

django.setup()

from financehub.banking import scheduling  # noqa: E402 - needs the app registry
from financehub.config.celery import app  # noqa: E402
from financehub.runtime.ports import LOOPBACK  # noqa: E402

WSGI = "financehub.config.wsgi:application"
WSGI_WITH_WORKER = "financehub.runtime.one_process:application"
ASGI = "financehub.config.asgi:application"
THREADS = 4
KILL_SECONDS = 8  # an open socket may keep a worker from ending by itself
LATE = (
    "celery.app.amqp",
    "celery.apps.worker",
    "celery.apps.beat",
    "financehub.config.ticker",
    "celery.worker.consumer",
    "kombu.transport.redis",
)


def load() -> None:
    """Import everything that any of them needs, and keep it out of the reach of garbage collection."""
    for module in (WSGI.partition(":")[0], ASGI.partition(":")[0], settings.ROOT_URLCONF, *LATE):
        import_module(module)
    for is_used, library in (
        (settings.TELEGRAM_BOT_TOKEN, "telegram"),
        (settings.STRIPE_SECRET_KEY, "stripe"),
    ):
        if is_used:
            import_module(library)
    get_resolver().url_patterns  # noqa: B018 - loads every address and with it every view
    app.loader.init_worker()  # once, here: a fork that did it would check all models and copy what it looks at
    app.finalize()
    # Collections would write to the shared pages; what is loaded now stays for good anyway.
    gc.collect()
    gc.disable()
    gc.freeze()


def web(port: int, *, worker_inside: bool) -> Callable[[], object]:
    """Serve pages, the API and the webhook door."""
    if worker_inside:
        return partial(_serve_and_work, port)
    return partial(_serve, WSGI, Interfaces.WSGI, port, blocking_threads=THREADS)


def realtime(port: int) -> Callable[[], object]:
    """Serve the WebSocket."""
    return partial(_serve, ASGI, Interfaces.ASGI, port, blocking_threads=None)


def worker() -> Callable[[], object]:
    """Do what is asked for in the background."""
    # Run as root we say nothing: what a task does here, the web process beside it could do as well.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    return _work


def _serve_and_work(port: int) -> None:
    scheduling.take_up_after_restart()
    connections.close_all()
    _serve(WSGI_WITH_WORKER, Interfaces.WSGI, port, blocking_threads=THREADS)


def _work() -> None:
    """It is the only worker here, so what still runs in the rows has died with the one before."""
    scheduling.take_up_after_restart()
    worker = app.Worker(
        pool="threads",
        concurrency=THREADS,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    sys.exit(worker.exitcode)


def bot() -> Callable[[], object]:
    """Ask Telegram for what people say, and answer."""
    return partial(call_command, "bot")


def beat() -> Callable[[], object]:
    """Ask for what is due by the clock; the rows remember what was asked last."""
    return _tick


def _tick() -> None:
    app.Beat(quiet=True).run()


def _serve(target: str, interface: Interfaces, port: int, *, blocking_threads: int | None) -> None:
    server = Server(
        target,
        address=LOOPBACK,
        port=port,
        interface=interface,
        blocking_threads=blocking_threads,
        websockets=interface is Interfaces.ASGI,
        log_level=LogLevels.warning,
        workers_kill_timeout=KILL_SECONDS,
    )
    server.serve()
