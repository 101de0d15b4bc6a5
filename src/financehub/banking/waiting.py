"""What waits in banking, for those who watch over the workers."""

from datetime import datetime

from financehub.banking.models import Sync
from financehub.timetable.backlogs import Backlog, of_rows


def look(at: datetime) -> list[Backlog]:
    """Syncs that are due and nobody's."""
    due = Sync.objects.across_companies().filter(status=Sync.Status.PENDING, due_at__lte=at)
    return [of_rows("sync", due)]
