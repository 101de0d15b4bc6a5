"""Figures from rows."""

from datetime import timedelta

import pytest
from tests.webhooks.knocks import body
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.webhooks import counting, measuring
from financehub.webhooks.models import WebhookEvent

pytestmark = pytest.mark.django_db


class TestFigures:
    def test_count_what_came_and_what_became_of_it(self):
        at = clock.now()
        make_event(status="handled", received_at=at - timedelta(seconds=3), handled_at=at)
        make_event(status="dead")
        make_event(received_at=at - timedelta(seconds=60))
        make_event(status="deferred", due_at=None, received_at=at - timedelta(hours=9))
        counting.count("pluggy", "size")

        told = measuring.figures()

        assert told.received == {"pluggy": 4}
        assert told.by_status[("pluggy", "dead")] == 1
        assert told.refused == {("pluggy", "size"): 1}
        assert (told.parked, told.alerts) == (1, 0)
        assert 60 <= told.oldest_open_seconds < 70
        assert told.seconds_to_handle == {50: 3.0, 95: 3.0, 99: 3.0}

    def test_may_be_of_some_events_only(self):
        make_event()
        assert measuring.figures(WebhookEvent.objects.none()).received == {}


class TestPercentile:
    def test_is_the_nearest_rank(self):
        ordered = [float(number) for number in range(1, 101)]
        assert [measuring.percentile(ordered, percent) for percent in (50, 95, 99)] == [50, 95, 99]
        assert measuring.percentile([], 50) == 0


class TestCoverage:
    def test_has_every_event_of_both_vendors_with_counters(self):
        make_event(body("item/updated"), status="handled")
        make_event(body("item/updated"), status="dead")
        make_event(body("consent/revoked"), status="handled")
        make_event(body("moon/landed"), status="ignored")

        told = measuring.coverage()

        rows = {row.event: row for row in told["pluggy"]}
        assert (len(rows), len(told["stripe"])) == (33, 99)
        updated = rows["item/updated"]
        assert (updated.received, updated.handled, updated.failed) == (2, 1, 1)
        assert rows["consent/revoked"].effect == "handled as item/updated"
        assert rows["moon/landed"].is_ignored
