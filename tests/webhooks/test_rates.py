"""Over the limit an event waits for a later minute, in the order of the minutes that are free."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from financehub.webhooks import rates
from financehub.webhooks.models import WebhookRate

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 10, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def two_a_minute(settings):
    settings.WEBHOOK_RATE_PER_TYPE = 2


class TestWaitUntil:
    def test_is_nothing_within_the_limit(self):
        assert [rates.wait_until("pluggy", "a", AT) for _ in range(2)] == [None, None]

    def test_is_the_next_free_minute_beyond(self):
        waits = [rates.wait_until("pluggy", "a", AT) for _ in range(6)][2:]
        full = AT.replace(second=0)
        minutes = [(wait - full) // timedelta(minutes=1) for wait in waits]
        assert minutes == [1, 1, 2, 2]

    def test_counts_each_type_and_each_minute_by_itself(self):
        for _ in range(2):
            rates.wait_until("pluggy", "a", AT)
        assert rates.wait_until("pluggy", "b", AT) is None
        assert rates.wait_until("stripe", "a", AT) is None
        assert rates.wait_until("pluggy", "a", AT + timedelta(minutes=1)) is None

    def test_is_never_without_a_limit(self, settings):
        settings.WEBHOOK_RATE_PER_TYPE = 0
        assert {rates.wait_until("pluggy", "a", AT) for _ in range(9)} == {None}

    def test_counts_all_processes_together(self, settings):
        settings.WEBHOOK_RATE_PER_TYPE = 200
        mine, other = rates.Permits(), rates.Permits()
        minute, size = int(AT.timestamp()) // 60, 200 // rates.BLOCKS_PER_WINDOW
        given = [process.take("pluggy", "a", minute, size) for _ in range(100) for process in (mine, other)]
        assert sorted(given) == list(range(1, 201))
        assert WebhookRate.objects.get().count == 200

    def test_asks_the_database_once_for_many(self, settings):
        settings.WEBHOOK_RATE_PER_TYPE = 5000
        with CaptureQueriesContext(connection) as queries:
            for _ in range(200):
                rates.wait_until("pluggy", "a", AT)
        assert len(queries) == 2

    def test_starts_afresh_with_a_minute_but_not_for_a_clock_that_is_behind(self):
        minute = int(AT.timestamp()) // 60
        process, behind = rates.Permits(), rates.Permits()
        assert [process.take("pluggy", "a", minute, 1), process.take("pluggy", "a", minute + 1, 1)] == [1, 1]
        assert behind.take("pluggy", "a", minute, 1) == 2


class TestGiveBack:
    def test_makes_room_for_one_that_is_no_repetition(self):
        for _ in range(5):
            assert rates.wait_until("pluggy", "a", AT) is None
            rates.give_back("pluggy", "a")

    def test_is_nothing_where_nothing_was_taken(self):
        rates.give_back("pluggy", "b")
        assert rates.wait_until("pluggy", "b", AT) is None
