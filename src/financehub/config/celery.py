"""The Celery application; what the clock does is the table CELERY_BEAT_SCHEDULE in settings."""

import logging
import os

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")  # noqa: TID251 - before settings exist

app = Celery("financehub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _keep_our_logs(**_: object) -> None:
    """Settings have set logging up already; Celery's own diary of every task would drown the events."""
    logging.getLogger("celery").setLevel(logging.WARNING)


signals.setup_logging.connect(_keep_our_logs)
