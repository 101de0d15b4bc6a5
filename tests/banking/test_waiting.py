"""What waits in banking."""

from datetime import timedelta

import pytest
from tests.builders import make_item

from financehub.banking import waiting
from financehub.banking.models import Sync
from financehub.core import clock
from financehub.timetable.backlogs import Backlog

pytestmark = pytest.mark.django_db


def test_syncs_that_are_due_and_nobody_s_wait() -> None:
    at = clock.now()
    due, later = at - timedelta(minutes=7), at + timedelta(minutes=7)
    for status, when in (("PENDING", due), ("PENDING", later), ("RUNNING", due), ("FAILED", due)):
        item = make_item()
        Sync.objects.create(
            company=item.company, item=item, trigger="timer", status=status, due_at=when, requested_at=at
        )
    assert waiting.look(at) == [Backlog("sync", 1, due)]
