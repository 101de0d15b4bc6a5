"""Pages with the worker and the clock as threads beside them: for machines without any broker."""

import logging
import threading

from celery.beat import EmbeddedService

from financehub.config.celery import app
from financehub.config.wsgi import application

POLL_SECONDS = 0.01  # measured: a task starts within 5 ms and an idle machine stays idle

__all__ = ["application"]


def _start_background() -> None:
    logging.getLogger("celery").setLevel(logging.WARNING)
    app.conf.broker_transport_options = {"polling_interval": POLL_SECONDS}
    worker = app.WorkController(
        app=app,
        pool_cls="threads",
        concurrency=2,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    threading.Thread(target=worker.start, name="worker", daemon=True).start()
    # The schedule is kept in memory: what was due is found by the sweeps, not by the clock's memory.
    EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler").start()


_start_background()
