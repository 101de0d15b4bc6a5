"""The clock's turn: look at the rows and tell the workers what is due; several clocks at once do no harm."""

from datetime import datetime, timedelta

from django.db.models import Q

from financehub.core import clock, jobs
from financehub.timetable import entries, hearts, planning, running, spreading
from financehub.timetable.models import TimedTask

OFFERED_AGAIN = timedelta(seconds=60)  # a message that nobody took up by then is sent again


def tick(*, at: datetime | None = None, has_jumped: bool = False) -> int:
    """Offer what is due, take up what dead workers held; how many messages went out.

    `has_jumped`: the wall clock moved otherwise than time did, so leases are given time to be renewed first.
    """
    at = at or clock.now()
    hearts.show_now_and_then(hearts.BEAT, at=at)
    planning.keep(at)
    running.steady_leases(at, has_jumped=has_jumped)
    running.bury_dead(at)
    return _offer_due(at) + spreading.offer_all(at)


def _offer_due(at: datetime) -> int:
    names = [entry.name for entry in entries.table()]
    not_underway = Q(offered_at=None) | Q(offered_at__lte=at - OFFERED_AGAIN) | Q(offered_at__gt=at)
    offered = 0
    for row in TimedTask.objects.filter(not_underway, pk__in=names, due_at__lte=at).order_by("due_at"):
        same = TimedTask.objects.filter(pk=row.pk, due_at=row.due_at, offered_at=row.offered_at)
        if same.update(offered_at=at):
            jobs.enqueue("timetable.run", entry=row.pk, due_at=row.due_at.isoformat())
            offered += 1
    return offered
