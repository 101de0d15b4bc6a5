"""How an attempt to deliver can end other than well; what the reason says is shown to the person."""

from datetime import datetime, timedelta

from financehub.core import clock


class NotDelivered(Exception):
    """Why not, in a short stable code, e.g. `smtp_550`, `http_410`, `muted`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason[:200]


class TryAgain(NotDelivered):
    """It may work later: not before `not_before` where the other side named a time."""

    def __init__(self, reason: str, *, not_before: datetime | None = None) -> None:
        super().__init__(reason)
        self.not_before = not_before


class NoAnswer(TryAgain):
    """The other side said nothing at all: whatever else waits for it waits a moment too."""


class Refused(NotDelivered):
    """It will never work for this message or this target."""


class TargetRefused(Refused):
    """This target takes nothing from us, now or ever: the channel to it is switched off."""


class Skipped(NotDelivered):
    """There is nobody to deliver to any more, or the person does not want it now."""


def after(seconds: float | None) -> datetime | None:
    """The moment that another side's `wait so many seconds` means."""
    return None if seconds is None else clock.now() + timedelta(seconds=seconds)
