"""What time it is, and which day a bank would say it is."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MIDNIGHT = time(0, 0)
MINUTE, HOUR, DAY = 60, 3600, 86_400


def now() -> datetime:
    """The present moment, aware, in UTC; ahead by the setting that lets a trial run live through months."""
    ahead: timedelta = settings.CLOCK_AHEAD
    return timezone.now() + ahead


def wall() -> datetime:
    """The machine's own moment: for the age of a signature that somebody else has just made."""
    return timezone.now()


def elapsed(moment: datetime) -> tuple[str, int]:
    """How long ago, in one unit: `("now", 0)` within a minute, then `minutes`, `hours`, `("day", 1)`, `days`."""
    seconds = int((now() - moment).total_seconds())
    if seconds < MINUTE:
        return "now", 0
    if seconds < HOUR:
        return "minutes", seconds // MINUTE
    if seconds < DAY:
        return "hours", seconds // HOUR
    days = seconds // DAY
    return ("day" if days == 1 else "days"), days


def today() -> date:
    """The present day where the banks are."""
    return now().astimezone(SAO_PAULO).date()


@lru_cache(maxsize=65536)
def bank_day(moment: datetime) -> date:
    """The bank day of a vendor's timestamp: exactly midnight UTC is a bare date, anything else is converted.

    A timestamp without a zone is a bare local time, so its own date is the day. Raises ValueError at the ends of time.
    """
    if moment.tzinfo is None:
        return moment.date()
    try:
        in_utc = moment.astimezone(UTC)
        if in_utc.time() == MIDNIGHT:
            return in_utc.date()
        return moment.astimezone(SAO_PAULO).date()
    except OverflowError:
        raise ValueError("not a day of any bank") from None


def parse(text: str) -> datetime:
    """The moment of an ISO 8601 text that names its zone, in UTC. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("not a moment of any day") from None


def start_of_day(day: date) -> datetime:
    """The first instant of a bank day."""
    return datetime.combine(day, MIDNIGHT, tzinfo=SAO_PAULO)


def days_before(day: date, days: int) -> date:
    """The day `days` days earlier."""
    return day - timedelta(days=days)
