"""Which limits will not last."""

from datetime import timedelta

import pytest
from tests.banking.quotas.items import execution, open_finance, this_month
from tests.builders import make_item

from financehub.banking.models import QuotaSpending
from financehub.banking.quotas import forecasting, regulated, spending
from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_a_limit_that_is_spent_ends_early_one_with_room_does_not() -> None:
    make_item()
    calm = execution(open_finance("05117767055"), this_month(1))
    spending.count_execution(calm)
    warning = {"isUpdated": False, "warnings": [{"code": "TXN_003", "message": "x"}]}
    spent = execution(open_finance(), this_month(2), transactions=warning)
    spending.count_execution(spent)
    found = forecasting.ending_early()
    assert [(one.item, one.line.name, one.line.left) for one in found] == [(spent, "transactions_recent", 0)]


def test_a_pace_that_leaves_nothing_for_the_end_of_the_month_is_told_in_time() -> None:
    item, at = open_finance(), clock.now()
    for hours in range(60):
        QuotaSpending.objects.create(
            company=item.company,
            item=item,
            connector_id=item.connector_id,
            document_index=spending.document_of(item),
            kind="execution",
            at=at - timedelta(minutes=hours),
            month=regulated.month_of(at),
            spent=["transactions_recent"],
            refused=[],
        )
    early = [one.line.name for one in forecasting.ending_early()]
    is_last_days = (regulated.returns_on(regulated.month_of(at)) - clock.today()).days <= 3
    assert early == ([] if is_last_days else ["transactions_recent"])
