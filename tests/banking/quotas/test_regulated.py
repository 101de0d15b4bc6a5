"""The regulated table and its calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from financehub.banking.quotas.regulated import BY_NAME, QUOTAS, is_due, month_of, returns_on

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_every_limit_has_one_name() -> None:
    assert len(BY_NAME) == len(QUOTAS)
    assert (BY_NAME["accounts_balance"].per_month, BY_NAME["transactions_history"].per_month) == (420, 4)


def test_a_month_is_that_of_sao_paulo() -> None:
    assert month_of(datetime(2026, 3, 1, 2, tzinfo=UTC)) == date(2026, 2, 1)


@pytest.mark.parametrize(("month", "expected"), [(3, date(2026, 4, 1)), (12, date(2027, 1, 1))])
def test_limits_return_on_the_first(month: int, expected: date) -> None:
    assert returns_on(date(2026, month, 1)) == expected


@pytest.mark.parametrize(
    ("name", "days", "expected"),
    [("accounts_balance", 0.01, True), ("cards_bills", 0.5, False), ("cards_bills", 1, True), ("identity", 6, False),
     ("identity", 7, True)],
)  # fmt: skip
def test_lists_are_read_weekly_bills_daily_and_balances_always(
    name: str, days: float, expected: bool
) -> None:
    assert is_due(BY_NAME[name], AT - timedelta(days=days), AT) is expected


def test_what_was_never_spent_is_due() -> None:
    assert is_due(BY_NAME["identity"], None, AT)
