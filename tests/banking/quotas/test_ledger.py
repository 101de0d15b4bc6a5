"""Used, left, and when a limit ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.quotas.items import execution, open_finance, this_month
from tests.builders import make_item

from financehub.banking.quotas import ledger, spending
from financehub.banking.quotas.ledger import forecast

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def every(hours: int, count: int) -> list[datetime]:
    return [START + timedelta(hours=hours * number) for number in range(count)]


@pytest.mark.django_db
class TestLines:
    def test_say_what_is_used_and_left(self) -> None:
        item = execution(open_finance(), this_month(1))
        spending.count_execution(item)
        lines = {line.name: (line.used, line.left, line.is_spent) for line in ledger.lines(item)}
        assert lines == {
            "accounts_list": (1, 3, False),
            "accounts_balance": (1, 419, False),
            "transactions_recent": (1, 239, False),
            "transactions_history": (1, 3, False),
        }

    def test_put_what_is_spent_first_with_the_day_it_returns(self) -> None:
        warning = {"isUpdated": False, "warnings": [{"code": "TXN_003", "message": "x"}]}
        item = execution(open_finance(), this_month(1), transactions=warning)
        spending.count_execution(item)
        first = ledger.lines(item)[0]
        assert (first.name, first.left, first.percent, first.is_spent) == (
            "transactions_recent",
            0,
            100,
            True,
        )
        assert first.returns_on.day == 1
        assert ledger.spent_line(item, "transactions_recent") == first
        assert ledger.spent_line(item, "accounts_balance") is None

    def test_are_none_where_there_are_no_limits(self) -> None:
        assert ledger.lines(make_item(products=["ACCOUNTS"])) == []


class TestForecast:
    def test_is_the_day_the_last_call_goes_at_this_pace(self) -> None:
        assert forecast(every(1, 72), 240, START + timedelta(hours=72)) == date(2026, 3, 11)

    def test_is_silent_when_the_month_is_long_enough(self) -> None:
        assert forecast(every(24, 10), 240, START + timedelta(days=10)) is None

    def test_is_silent_after_two_calls(self) -> None:
        assert forecast(every(1, 2), 4, START + timedelta(hours=2)) is None

    def test_of_what_is_spent_is_the_day_it_went(self) -> None:
        assert forecast(every(24, 4), 4, START + timedelta(days=9)) == date(2026, 3, 4)


@given(count=st.integers(0, 40), per_month=st.integers(1, 40), hours=st.integers(1, 48))
def test_a_limit_never_ends_before_its_last_call_nor_after_the_month(
    count: int, per_month: int, hours: int
) -> None:
    moments = every(hours, count)
    end = forecast(moments, per_month, START + timedelta(hours=hours * count))
    if count >= per_month:
        assert end == moments[per_month - 1].date() or end is not None
    assert end is None or end >= START.date()
