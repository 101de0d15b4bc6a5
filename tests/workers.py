"""Several pytest processes at once: each has databases of its own on the PostgreSQL and the Valkey that they share."""

import os
import re

from django.conf import settings

NUMBER = re.compile(r"(?<=\?db=)\d+$|(?<=\?virtual_host=)\d+$|(?<=\d/)\d+$")


def take_own_broker() -> None:
    """In a worker of pytest-xdist: a Valkey database of its own, for this process and those it starts.

    Otherwise a Celery worker that one test starts would take the messages of a test beside it. PostgreSQL and
    SQLite databases are told apart by pytest-django already.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        return
    number = str(int(worker.removeprefix("gw")) + 1)
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        url = NUMBER.sub(number, getattr(settings, name) or "")
        setattr(settings, name, url)
        if name in os.environ:
            os.environ[name] = url
