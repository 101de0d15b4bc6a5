"""How far back a sync reads: pure rules of days."""

from datetime import UTC, date, datetime, time, timedelta

from financehub.banking.models.connectors import Connector

CURSOR_OVERLAP = timedelta(days=1)
LOOK_BACK_DAYS = 7
DIRECT_LIMIT_DAYS = 90


def window_days(connector: Connector, *, last_sync_at: datetime | None, is_full: bool, at: datetime) -> int:
    """Days before today that a sync re-reads by date."""
    if last_sync_at is None or is_full:
        return connector.first_sync_days
    age = at - last_sync_at
    if connector.is_open_finance:
        return _open_finance_days(age)
    return min(max(LOOK_BACK_DAYS, age.days + LOOK_BACK_DAYS), DIRECT_LIMIT_DAYS)


def first_instant(day: date) -> datetime:
    """From when the vendor's `dateFrom` counts."""
    return datetime.combine(day, time(), tzinfo=UTC)


def _open_finance_days(age: timedelta) -> int:
    if age < timedelta(hours=24):
        return 1
    return 7 if age < timedelta(days=7) else 30
