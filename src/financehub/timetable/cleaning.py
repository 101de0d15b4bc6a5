"""Forgetting what is over: sessions, leases that ran out, events that no page waits for, processes that ended."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from financehub.core import clock, events
from financehub.core.models import Lease
from financehub.timetable import hearts

EVENTS_LAST = timedelta(days=7)  # a page open for longer reads itself anew
LEASES_LAST = timedelta(days=1)


def clean_up() -> int:
    """All of it; how many rows went."""
    at = clock.now()
    hearts.forget_old(at)
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    leases, _ = Lease.objects.filter(expires_at__lt=at - LEASES_LAST).delete()
    return sessions + leases + events.forget_before(at - EVENTS_LAST)
