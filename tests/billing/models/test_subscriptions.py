"""A subscription's own rules."""

from datetime import UTC, datetime

import pytest

from financehub.billing.models import State, Subscription
from financehub.billing.plans import Period

END = datetime(2026, 12, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "state", "is_live"),
    [
        ("active", State.ACTIVE, True),
        ("past_due", State.PAST_DUE, True),
        ("canceled", State.CANCELLED, False),
        ("next year's", State.EXPIRED, False),
    ],
)
def test_its_state_comes_from_one_table(status, state, is_live):
    row = Subscription(status=status)
    assert (row.state, row.is_live) == (state, is_live)


def test_it_ends_when_it_was_asked_to():
    assert Subscription(period_end=END).ends_at is None
    assert Subscription(period_end=END, cancel_at_period_end=True).ends_at == END
    assert Subscription(period_end=END, cancel_at=datetime(2026, 12, 1, tzinfo=UTC)).ends_at.day == 1


def test_it_is_paid_by_a_period_of_ours_or_none():
    assert Subscription(period="yearly").paid_period == Period.YEARLY
    assert Subscription().paid_period is None
