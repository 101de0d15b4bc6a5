"""A case ends fourteen days after the first failure."""

from datetime import UTC, datetime

from financehub.billing.models import DunningCase


def test_access_goes_on_until_day_14():
    case = DunningCase(first_failed_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert case.ends_at == datetime(2026, 3, 15, 12, tzinfo=UTC)
