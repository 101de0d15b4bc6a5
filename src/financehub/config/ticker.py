"""Celery's beat as our clock: it asks the timetable's rows every two seconds, and keeps no memory of its own."""

import time
from typing import Any

import structlog
from celery.beat import Scheduler
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from financehub.core import clock
from financehub.timetable import ticking

TICK_SECONDS = 2.0
JUMP_SECONDS = 5.0  # the wall clock moved this much otherwise than time did

log = structlog.get_logger()


class TimetableScheduler(Scheduler):  # type: ignore[misc]  # Celery ships no types
    """Named by the setting beat_scheduler. A database that is away is asked again at the next tick."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._skew: float | None = None
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Nothing to set up: the rows say what is due."""

    def tick(self, *_: Any, **__: Any) -> float:
        """One look; the seconds until the next."""
        close_old_connections()
        try:
            ticking.tick(has_jumped=self.has_jumped(clock.now().timestamp() - time.monotonic()))
        except (DatabaseError, InterfaceError) as error:
            log.warning("clock_cannot_read_rows", error=type(error).__name__)
            connections.close_all()
        return TICK_SECONDS

    def has_jumped(self, skew: float) -> bool:
        """Whether the wall clock and the steady one moved apart since the last look; `skew` is their difference."""
        before, self._skew = self._skew, skew
        return before is not None and abs(skew - before) > JUMP_SECONDS

    def close(self) -> None:
        """No file to write."""
