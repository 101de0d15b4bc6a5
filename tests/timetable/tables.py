"""A timetable of the tests' own: one task that notes when it ran, and one that is many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from celery import shared_task

from financehub.timetable.entries import Entry, Parts
from financehub.timetable.models import TaskRun, TimedTask
from financehub.timetable.schedules import Every

HOURLY = Every(3600)


@dataclass
class Told:
    """What the tasks below were asked, and what they are to do."""

    runs: int = 0
    parts: list[str] = field(default_factory=list)
    subjects: Sequence[str] = ()
    during: Callable[[], object] = lambda: None


told = Told()


@shared_task(name="tests.timed")
def timed() -> int:
    told.runs += 1
    told.during()
    return 7


@shared_task(name="tests.subjects")
def subjects() -> Sequence[str]:
    return told.subjects


@shared_task(name="tests.part")
def part(*, subject: str) -> None:
    told.parts.append(subject)
    told.during()


ONE = Entry("one", "tests.timed", HOURLY, "Notes that it ran.")
PARTS = Parts("tests.part", "subject", seconds=60, window=timedelta(hours=1), together=2)
MANY = Entry("many", "tests.subjects", HOURLY, "Notes each subject.", parts=PARTS)


def due(entry: Entry, at: object) -> TimedTask:
    """The entry's row, due at this moment."""
    return TimedTask.objects.create(name=entry.name, schedule=str(entry.when), due_at=at)


def statuses(entry: Entry) -> list[str]:
    """How its runs ended, the oldest first."""
    return list(
        TaskRun.objects.filter(name=entry.name).order_by("started_at").values_list("status", flat=True)
    )
