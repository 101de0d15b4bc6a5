"""Whether background work is being done: is there a broker, and does a worker answer?"""

from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

ANSWER_SECONDS = 0.7


@dataclass(frozen=True)
class JobHealth:
    """`ok`, `in_process`, `no_worker` or `no_broker`, and how many workers answered."""

    status: str
    workers: int

    @property
    def is_well(self) -> bool:
        return self.status in {"ok", "in_process"}


def look() -> JobHealth:
    """Ask every worker to answer now."""
    broker = settings.CELERY_BROKER_URL
    if not broker or broker.startswith("memory://"):
        return JobHealth("in_process", 0)
    try:
        answers = current_app.control.ping(timeout=ANSWER_SECONDS)
    except (OperationalError, RedisError, OSError):
        return JobHealth("no_broker", 0)
    return JobHealth("ok" if answers else "no_worker", len(answers))
