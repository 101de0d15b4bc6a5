"""The Celery application; what the clock does is the table CELERY_BEAT_SCHEDULE in settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")  # noqa: TID251 - before settings exist

app = Celery("financehub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
