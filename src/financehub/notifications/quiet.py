"""When a person may be disturbed: quiet hours and digest times on the clock of the person's own zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from financehub.core import clock
from financehub.notifications.models import Rhythm

DIGEST_STAYS = timedelta(hours=1)

log = structlog.get_logger()


def zone_of(rhythm: Rhythm) -> ZoneInfo:
    """The person's zone, which was checked when it was stored; the country's where this machine's clocks lost it."""
    try:
        return ZoneInfo(rhythm.time_zone)
    except ZoneInfoNotFoundError:
        log.warning("time_zone_unknown", name=rhythm.time_zone)
        return clock.SAO_PAULO


def is_quiet(rhythm: Rhythm, at: datetime) -> bool:
    """Whether the person's clock stands inside the quiet hours; the last minute is not quiet any more."""
    start, end = rhythm.quiet_from, rhythm.quiet_until
    local = at.astimezone(zone_of(rhythm)).time()
    if start == end:
        return False
    if start < end:
        return start <= local < end
    return local >= start or local < end


def next_allowed(rhythm: Rhythm, at: datetime) -> datetime:
    """`at` itself, or the end of the quiet hours it falls into.

    Where the clocks are put back the end comes twice and the first counts unless it has passed; where they are put
    forward over the end, quiet ends as they jump.
    """
    if not is_quiet(rhythm, at):
        return at
    zone = zone_of(rhythm)
    today = at.astimezone(zone).date()
    ends = (
        moment_of(day, rhythm.quiet_until, zone, fold=fold) for day in _days_from(today) for fold in (0, 1)
    )
    return min(end for end in ends if end > at and not is_quiet(rhythm, end))


def moment_of(day: date, local: time, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The instant, in UTC, at which the clocks of `zone` show `local` on `day`; a time that is skipped is the jump."""
    wanted = datetime.combine(day, local, tzinfo=zone).replace(fold=fold)
    instant = wanted.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return instant
    return _jump_before(instant, zone)


def digest_day(rhythm: Rhythm, at: datetime) -> date | None:
    """The person's day whose digest is due at `at`: from the digest time until midnight; None before.

    One that is chosen for late at night stays due for a while of the next day: the clock looks every few minutes.
    """
    zone = zone_of(rhythm)
    today = at.astimezone(zone).date()
    if at >= moment_of(today, rhythm.digest_at, zone):
        return today
    yesterday = today - timedelta(days=1)
    is_late = at < moment_of(yesterday, rhythm.digest_at, zone) + DIGEST_STAYS
    return yesterday if is_late else None


def _days_from(day: date) -> tuple[date, date]:
    return day, day + timedelta(days=1)


def _jump_before(instant: datetime, zone: ZoneInfo) -> datetime:
    """The moment the clocks were put forward around `instant`, to the minute."""
    low, high = instant - timedelta(hours=25), instant + timedelta(hours=1)
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, high)
    return high.replace(microsecond=0)
