"""When something is due: every so many seconds, or at hours of the day where the banks are. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from financehub.core.clock import SAO_PAULO

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LOOK_AHEAD_DAYS = 366
WEEK, MONTH = timedelta(days=7), timedelta(days=31)
CLOCK_CHANGE = timedelta(hours=1)


@dataclass(frozen=True)
class Every:
    """Each `seconds` of real time, whatever the clock on the wall does; `offset` seconds past the round moment."""

    seconds: int
    offset: int = 0

    def after(self, moment: datetime) -> datetime:
        """The first moment later than this one."""
        start = EPOCH + timedelta(seconds=self.offset)
        passed = (moment - start) // timedelta(seconds=self.seconds)
        return start + timedelta(seconds=self.seconds) * (passed + 1)

    @property
    def longest_gap(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    def __str__(self) -> str:
        return f"every {self.seconds} s" + (f" + {self.offset} s" if self.offset else "")


@dataclass(frozen=True)
class At:
    """At these (hour, minute) of the day in Sao Paulo; `weekdays` (0 is Monday) and `days` of the month narrow it.

    A time that a clock change leaves out is due as long after midnight as it would have been; one that
    a clock change repeats is due the first time.
    """

    times: tuple[tuple[int, int], ...]
    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()

    def after(self, moment: datetime) -> datetime:
        """The first moment later than this one. Raises ValueError for a day that never comes."""
        first = moment.astimezone(SAO_PAULO).date() - DAY  # what was left out of yesterday may fall on today
        for ahead in range(LOOK_AHEAD_DAYS + 1):
            later = [due for due in self._of(first + ahead * DAY) if due > moment]
            if later:
                return min(later)
        raise ValueError(f"{self} never comes")

    def _of(self, day: date) -> Iterator[datetime]:
        if self.weekdays and day.weekday() not in self.weekdays:
            return
        if self.days and day.day not in self.days:
            return
        for hour, minute in self.times:
            yield datetime.combine(day, time(hour, minute), tzinfo=SAO_PAULO).astimezone(UTC)

    @property
    def longest_gap(self) -> timedelta:
        """The longest time between two that follow each other, clock changes included."""
        if self.days:
            return MONTH + CLOCK_CHANGE
        if self.weekdays:
            return WEEK + CLOCK_CHANGE
        minutes = sorted(hour * 60 + minute for hour, minute in self.times)
        gaps = [
            later - sooner for sooner, later in zip(minutes, [*minutes[1:], minutes[0] + 1440], strict=True)
        ]
        return timedelta(minutes=max(gaps)) + CLOCK_CHANGE

    def __str__(self) -> str:
        text = "at " + ", ".join(f"{hour:02}:{minute:02}" for hour, minute in self.times)
        if self.weekdays:
            text += " on weekdays " + ",".join(map(str, self.weekdays))
        return text + (" on days " + ",".join(map(str, self.days)) if self.days else "")


Schedule = Every | At
