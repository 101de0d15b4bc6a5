"""Over the limit an event waits for a later minute, in the order of the minutes that are free."""

from datetime import UTC, datetime, timedelta

import pytest

from financehub.webhooks import rates

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
