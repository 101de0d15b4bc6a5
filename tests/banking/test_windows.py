"""How far back a sync reads."""

from datetime import UTC, date, datetime, timedelta

import pytest

from financehub.banking.models import Connector
from financehub.banking.windows import first_instant, window_days

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
OPEN_FINANCE = Connector(id=601, is_open_finance=True)
DIRECT = Connector(id=201)
SANDBOX = Connector(id=2, is_sandbox=True)


@pytest.mark.parametrize(
    ("connector", "age", "days"),
    [
        (OPEN_FINANCE, timedelta(hours=6), 1),
        (OPEN_FINANCE, timedelta(hours=24), 7),
        (OPEN_FINANCE, timedelta(days=6, hours=23), 7),
        (OPEN_FINANCE, timedelta(days=7), 30),
        (OPEN_FINANCE, timedelta(days=200), 30),
        (DIRECT, timedelta(hours=6), 7),
        (DIRECT, timedelta(days=10), 17),
        (DIRECT, timedelta(days=400), 90),
    ],
)
def test_a_later_sync_reads_as_far_as_its_age_asks(connector: Connector, age: timedelta, days: int) -> None:
    assert window_days(connector, last_sync_at=NOW - age, is_full=False, at=NOW) == days


@pytest.mark.parametrize(("connector", "days"), [(OPEN_FINANCE, 365), (SANDBOX, 365), (DIRECT, 90)])
def test_the_first_and_the_full_one_read_all_there_is(connector: Connector, days: int) -> None:
    assert window_days(connector, last_sync_at=None, is_full=False, at=NOW) == days
    assert window_days(connector, last_sync_at=NOW, is_full=True, at=NOW) == days


def test_a_day_begins_for_the_vendor_at_midnight_utc() -> None:
    assert first_instant(date(2026, 11, 25)) == datetime(2026, 11, 25, tzinfo=UTC)
