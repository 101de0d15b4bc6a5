"""The virtual clock: real time plus an offset that only the control plane moves."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

BRAZIL = ZoneInfo("America/Sao_Paulo")


class Clock:
    """Tells the simulator's time. A frozen clock stands still until it is moved."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._offset = (start.timestamp() - time.time()) if start else 0.0
        self._frozen_at = (start or datetime.now(UTC)) if frozen else None

    @property
    def frozen(self) -> bool:
        return self._frozen_at is not None

    def now(self) -> datetime:
        """The virtual moment, in UTC, with microseconds."""
        if self._frozen_at is not None:
            return self._frozen_at
        return datetime.fromtimestamp(time.time() + self._offset, UTC)

    def move_to(self, moment: datetime) -> None:
        """Jump forward to `moment`; a moment already behind us changes nothing."""
        ahead = (moment - self.now()).total_seconds()
        if ahead <= 0:
            return
        if self._frozen_at is not None:
            self._frozen_at = moment
        else:
            self._offset += ahead


def stamp(moment: datetime) -> str:
    """`2026-11-25T22:10:00.123Z`, the shape of every date-time Pluggy sends."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def optional_stamp(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)
