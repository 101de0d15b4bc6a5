"""What is due next: rows for the lines of the table, kept right under new times, changed clocks and nights off."""

from datetime import datetime, timedelta

from django.db.models import F

from financehub.timetable import entries
from financehub.timetable.entries import Entry
from financehub.timetable.models import TimedTask

GRACE = timedelta(minutes=5)  # later than this is late
UNWANTED_AFTER = timedelta(days=2)


def keep(at: datetime) -> None:
    """Bring every row in line with the table and with the clock as it is now."""
    rows = TimedTask.objects.in_bulk()
    for entry in entries.table():
        row = rows.get(entry.name)
        if row is None:
            ensure(entry, at)
        elif _is_mislaid(row, entry, at):
            _plan_anew(row, entry, at)
        elif not entry.catches_up and row.asked_at is None and is_late(row.due_at, at):
            _plan_anew(row, entry, at, missed=1)
    names = [entry.name for entry in entries.table()]
    # Not at once: while versions change, the other one may still know it.
    TimedTask.objects.exclude(pk__in=names).filter(due_at__lt=at - UNWANTED_AFTER).delete()


def ensure(entry: Entry, at: datetime) -> None:
    """A row for the line: due at its next time."""
    row = TimedTask(name=entry.name, schedule=str(entry.when), due_at=entry.when.after(at))
    TimedTask.objects.bulk_create([row], ignore_conflicts=True)


def is_late(due_at: datetime, at: datetime) -> bool:
    """Whether a time has passed while nobody was there."""
    return at - due_at > GRACE


def _is_mislaid(row: TimedTask, entry: Entry, at: datetime) -> bool:
    """The table names other times now; or the clock went back so far that the next time would never come.

    A clock set back by less lets due_at stand, so that nothing runs twice.
    """
    return row.schedule != str(entry.when) or row.due_at - at > 2 * entry.when.longest_gap


def _plan_anew(row: TimedTask, entry: Entry, at: datetime, *, missed: int = 0) -> None:
    """Unless somebody has taken it meanwhile. What is due already stays due under its new times."""
    is_due = row.due_at <= at and not missed
    TimedTask.objects.filter(pk=row.pk, due_at=row.due_at).update(
        schedule=str(entry.when),
        due_at=row.due_at if is_due else entry.when.after(at),
        offered_at=row.offered_at if is_due else None,
        missed=F("missed") + missed,
    )
