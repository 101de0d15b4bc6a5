"""What waits in the inbox."""

from datetime import timedelta

import pytest
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.timetable.backlogs import Backlog
from financehub.webhooks import waiting

pytestmark = pytest.mark.django_db


def test_events_that_nobody_took_up_wait_and_the_dead_ones_wait_for_a_person() -> None:
    at = clock.now()
    since = at - timedelta(minutes=3)
    make_event(received_at=since)
    for status in ("dead", "dead", "handled", "failed"):
        make_event(status=status, received_at=at)
    assert waiting.look(at) == [Backlog("webhook_event", 1, since, dead=2)]
