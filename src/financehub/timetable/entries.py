"""The lines of the timetable, and where the table is: the setting TIMETABLE, which config makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from financehub.core.errors import NotFound
from financehub.timetable.schedules import Schedule


class NoSuchTask(NotFound):
    """Nothing of that name is on the timetable."""

    code = "no_such_task"


@dataclass(frozen=True)
class Parts:
    """A run that is many small ones, one for each subject (an Item, a company) that its task names.

    `task` takes the subject as the keyword `argument`. The parts are spread by their subject over a window: `seconds`
    for each, `window` at the longest; never more than `together` at once.
    """

    task: str
    argument: str
    seconds: float
    window: timedelta
    together: int

    def window_for(self, count: int) -> timedelta:
        """A few are done at once, many take the whole window."""
        return min(self.window, timedelta(seconds=self.seconds) * count)


@dataclass(frozen=True)
class Entry:
    """One thing that runs by time.

    `does` says in a sentence what. `lease` is how many seconds a run may be without a sign of life before it counts
    as dead. `catches_up`: a time that passed while nothing was on is made up for, once.
    """

    name: str
    task: str
    when: Schedule
    does: str
    lease: int = 90
    catches_up: bool = True
    parts: Parts | None = None


def table() -> Sequence[Entry]:
    """Every line, in the order of the page."""
    found: Sequence[Entry] = settings.TIMETABLE
    return found


def entry(name: str) -> Entry:
    """The line of this name. Raises NoSuchTask."""
    for one in table():
        if one.name == name:
            return one
    raise NoSuchTask(f"{name} is not on the timetable")
