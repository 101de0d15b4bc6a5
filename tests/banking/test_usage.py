"""What a plan counts is counted from rows, in the billing month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import make_account, make_company, make_item, make_transaction

from financehub.banking import usage
from financehub.billing import plans
from financehub.billing.models import State
from financehub.billing.standing import Standing
from financehub.core import clock


def standing(start, end):
    return Standing(plans.STARTER, State.ACTIVE, start, end)


def moment(*parts):
    return datetime(*parts, 15, tzinfo=UTC)


class TestTheCountingPeriod:
    def test_is_the_paid_month(self):
        found = usage.counting_period(standing(moment(2026, 3, 10), moment(2026, 4, 10)), moment(2026, 3, 20))
        assert found == (date(2026, 3, 10), date(2026, 4, 10))

    @pytest.mark.parametrize(
        ("day", "first", "end"),
        [
            (moment(2026, 3, 10), date(2026, 3, 10), date(2026, 4, 10)),
            (moment(2026, 6, 9), date(2026, 5, 10), date(2026, 6, 10)),
            (moment(2026, 6, 10), date(2026, 6, 10), date(2026, 7, 10)),
            (moment(2027, 1, 15), date(2027, 1, 10), date(2027, 2, 10)),
            (moment(2027, 3, 9), date(2027, 2, 10), date(2027, 3, 10)),
        ],
    )
    def test_is_one_month_of_a_paid_year(self, day, first, end):
        year = standing(moment(2026, 3, 10), moment(2027, 3, 10))
        assert usage.counting_period(year, day) == (first, end)

    def test_of_the_31st_ends_with_short_months(self):
        year = standing(moment(2026, 1, 31), moment(2027, 1, 31))
        assert usage.counting_period(year, moment(2026, 3, 1)) == (date(2026, 2, 28), date(2026, 3, 31))


class TestTheForecast:
    def test_goes_on_as_the_last_four_weeks_went(self):
        assert usage.forecast(100, 280, date(2026, 3, 10), date(2026, 3, 31)) == 100 + 20 * 10

    def test_rounds_up_and_ends_with_what_there_is(self):
        assert usage.forecast(1, 1, date(2026, 3, 7), date(2026, 3, 31)) == 2
        assert usage.forecast(7, 280, date(2026, 3, 30), date(2026, 3, 31)) == 7
        assert usage.forecast(7, 280, date(2026, 4, 2), date(2026, 3, 31)) == 7

    @pytest.mark.django_db
    def test_of_a_busy_first_day_is_not_that_day_thirty_times(self):
        company, at = make_company(), clock.now()
        account = make_account(company=company)
        for days in [*range(1, 28), *[0] * 10]:
            make_transaction(account=account, date=clock.today() - timedelta(days=days))
        put_away = make_account(company=company, item=account.item, archived_at=at)
        make_transaction(account=put_away, date=clock.today() - timedelta(days=2))
        found = usage.of(company, standing(clock.start_of_day(clock.today()), at + timedelta(days=30)))
        assert found.transactions.current == 10
        assert found.transactions.forecast == 10 + -(-37 * 29 // 28)


@pytest.mark.django_db
class TestCounting:
    def test_leaves_out_history_manual_accounts_and_what_was_put_away(self):
        company, at = make_company(), clock.now()
        account = make_account(company=company, item=make_item(company=company))
        make_account(company=company, is_manual=True)
        make_account(company=company, item=account.item, archived_at=at)
        make_transaction(account=account)
        make_transaction(account=account, date=clock.today() - timedelta(days=40))
        make_transaction(account=account, withdrawn_at=at)
        found = usage.of(company, standing(at - timedelta(days=5), at + timedelta(days=25)))
        assert (found.accounts.current, found.accounts.limit) == (1, 3)
        assert (found.transactions.current, found.transactions.limit) == (1, 1000)
        assert not found.transactions.is_over
