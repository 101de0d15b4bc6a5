"""What an execution spends is written down once, for the person at the bank."""

import pytest
from tests.banking.quotas.items import DAILY, EVA, execution, open_finance, this_month
from tests.builders import make_item

from financehub.banking.models import Item, QuotaSpending, Sync
from financehub.banking.quotas import spending
from financehub.banking.quotas.regulated import month_of
from financehub.core import clock

pytestmark = pytest.mark.django_db

FIRST = ["accounts_list", "accounts_balance", "transactions_recent", "transactions_history"]


def stale(code: str) -> dict[str, object]:
    return {"isUpdated": False, "warnings": [{"code": code, "message": "limit"}]}


def written(item: Item) -> list[QuotaSpending]:
    return list(QuotaSpending.objects.of(item.company_id).order_by("at"))


class TestCountExecution:
    def test_the_first_reads_everything_and_the_next_only_what_is_due(self) -> None:
        item = open_finance()
        for hours in (1, 25):
            spending.count_execution(execution(item, this_month(hours)))
        spending.count_execution(execution(item, this_month(1 + 24 * 7)))
        assert [row.spent for row in written(item)] == [FIRST, DAILY, FIRST]

    def test_is_counted_once_however_often_it_is_seen(self) -> None:
        item = execution(open_finance(), this_month(1))
        spending.count_execution(item)
        spending.count_execution(item)
        assert len(written(item)) == 1

    def test_is_told_by_the_sync_that_read_it(self) -> None:
        item = execution(open_finance(), this_month(1))
        at = clock.now()
        sync = Sync.objects.create(
            company=item.company, item=item, trigger="timer", due_at=at, requested_at=at
        )
        spending.count_execution(item, sync=sync)
        assert sync.quota_used == FIRST

    def test_costs_nothing_outside_open_finance(self) -> None:
        item = execution(make_item(products=["ACCOUNTS"]), this_month(1))
        spending.count_execution(item)
        assert written(item) == []

    def test_spends_nothing_of_what_the_bank_refused(self) -> None:
        item = execution(open_finance(), this_month(1), transactions=stale("TXN_006"))
        spending.count_execution(item)
        (row,) = written(item)
        assert row.refused == ["transactions_history"]
        assert row.spent == ["accounts_list", "accounts_balance", "transactions_recent"]


class TestRefusedBy:
    @pytest.mark.parametrize(
        ("product", "code", "expected"),
        [
            ("transactions", "TXN_003", {"transactions_recent"}),
            ("transactions", "TXN_006", {"transactions_history"}),
            ("accounts", "423", {"accounts_list"}),
            ("accounts", "ACCT_001", set()),
        ],
    )
    def test_a_code_names_a_limit(self, product: str, code: str, expected: set[str]) -> None:
        item = execution(open_finance(), this_month(1), **{product: stale(code)})
        assert spending.refused_by(item) == expected


class TestSpendings:
    def test_connections_of_one_person_at_one_bank_share_them(self) -> None:
        item = open_finance()
        other = open_finance(company=item.company)
        stranger = open_finance(EVA, company=item.company)
        for number, connection in enumerate((item, other, stranger)):
            spending.count_execution(execution(connection, this_month(1 + number)))
        rows = spending.spendings(item, month_of(this_month(1)))
        assert {row.item_id for row in rows} == {item.pk, other.pk}

    def test_of_a_connection_without_a_known_holder_are_its_own(self) -> None:
        item = execution(open_finance(document=""), this_month(1))
        spending.count_execution(item)
        assert spending.document_of(item) == ""
        assert len(spending.spendings(item, month_of(this_month(1)))) == 1


def test_a_live_balance_is_counted_and_so_is_its_refusal() -> None:
    item = open_finance()
    spending.count_balance(item)
    spending.count_balance(item, refused=True)
    assert [(row.spent, row.refused) for row in written(item)] == [
        (["accounts_balance"], []),
        ([], ["accounts_balance"]),
    ]
