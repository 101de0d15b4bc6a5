"""Accounts, balances, statements and bills over HTTP."""

from datetime import UTC, datetime
from decimal import Decimal

from tests.providers.pluggy.stub import Answer

ACCOUNT = {
    "id": "a1",
    "itemId": "i1",
    "type": "CREDIT",
    "balance": 100.1,
    "currencyCode": "BRL",
    "creditData": {"creditLimit": 5000, "balanceDueDate": "2026-04-10", "additionalCards": [{"number": "1"}]},
    "bankData": None,
}


class TestFetchAccounts:
    def test_reads_all_of_an_item(self, stub, client):
        stub.on("GET /accounts", Answer({"results": [ACCOUNT], "total": 1, "page": 1, "totalPages": 1}))
        (account,) = client.fetch_accounts("i1", "CREDIT")
        assert (account.balance, account.credit_data.credit_limit) == (Decimal("100.1"), Decimal(5000))
        assert account.credit_data.balance_due_date == datetime(2026, 4, 10, tzinfo=UTC)
        assert stub.calls("GET /accounts")[0].query == {"itemId": ["i1"], "type": ["CREDIT"]}

    def test_reads_one(self, stub, client):
        stub.on("GET /accounts/a1", Answer(ACCOUNT))
        assert client.fetch_account("a1").id == "a1"


class TestFetchAccountBalance:
    def test_reads_the_live_answer(self, stub, client):
        stub.on(
            "GET /accounts/a1/balance", Answer({"balance": 1.01, "currencyCode": "BRL", "blockedBalance": 0})
        )
        assert client.fetch_account_balance("a1").balance == Decimal("1.01")


class TestFetchAccountStatements:
    def test_reads_months_and_addresses(self, stub, client):
        stub.on(
            "GET /accounts/a1/statements",
            Answer({"results": [{"id": "s", "monthYear": "01-2025", "url": "u"}]}),
        )
        (statement,) = client.fetch_account_statements("a1")
        assert (statement.month_year, statement.url) == ("01-2025", "u")


class TestFetchBills:
    def test_reads_dates_without_zone_and_charges(self, stub, client):
        bill = {
            "id": "b1",
            "dueDate": "2026-04-10T00:00:00",
            "totalAmount": 1234.56,
            "totalAmountCurrencyCode": "BRL",
            "financeCharges": [{"id": "f", "type": "IOF", "amount": 0.38, "currencyCode": "BRL"}],
            "payments": [],
        }
        stub.on("GET /bills", Answer({"results": [bill]}))
        stub.on("GET /bills/b1", Answer({**bill, "accountId": "a1"}))
        (one,) = client.fetch_bills("a1")
        assert (one.due_date, one.finance_charges[0].amount) == (
            datetime(2026, 4, 10, tzinfo=UTC),
            Decimal("0.38"),
        )
        assert client.fetch_bill("b1").account_id == "a1"
