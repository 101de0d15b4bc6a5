"""The Celery application; what the clock does is the table in beat.py."""

import logging
import os
from importlib import import_module

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")  # noqa: TID251 - before settings exist

app = Celery("financehub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _keep_our_logs(**_: object) -> None:
    """Settings have set logging up already; Celery's own diary of every task would drown the events."""
    logging.getLogger("celery").setLevel(logging.WARNING)


signals.setup_logging.connect(_keep_our_logs)


def _show_life(**_: object) -> None:
    """A worker that takes work says so in its row, from now until its end."""
    hearts = import_module("financehub.timetable.hearts")  # needs the registry of applications
    pulse = hearts.Pulse(hearts.WORKER).start()
    signals.worker_shutdown.connect(lambda **_: pulse.stop(), weak=False)


signals.worker_ready.connect(_show_life)
