"""Accounts with their statements and live balance, and card bills."""

from financehub.providers.pluggy.calls import Call, Repeat, Value
from financehub.providers.pluggy.limits import Family
from financehub.providers.pluggy.paging import PAGE_SIZE, Endpoints
from financehub.providers.pluggy.shapes.accounts import Account, AccountBalance, AccountStatement, Bill


class AccountEndpoints(Endpoints):
    def fetch_accounts(self, item_id: str, account_type: str | None = None) -> list[Account]:
        """The Accounts of an Item; `account_type` is BANK or CREDIT."""
        query = {"itemId": item_id, "type": account_type}
        return self._fetch_list(Call("GET", "/accounts", query=query, family=Family.ACCOUNTS), Account)

    def fetch_account(self, account_id: str) -> Account:
        return self._fetch(Call("GET", "/accounts/{id}", {"id": account_id}, family=Family.ACCOUNTS), Account)

    def fetch_account_statements(self, account_id: str) -> list[AccountStatement]:
        call = Call("GET", "/accounts/{id}/statements", {"id": account_id}, family=Family.ACCOUNTS)
        return self._fetch_list(call, AccountStatement)

    def fetch_account_balance(self, account_id: str) -> AccountBalance:
        """Ask the institution now. Spends its monthly quota, so a failure is not repeated by itself."""
        call = Call(
            "GET",
            "/accounts/{id}/balance",
            {"id": account_id},
            family=Family.ACCOUNTS,
            repeat=Repeat.IF_REFUSED,
        )
        return self._fetch(call, AccountBalance)

    def fetch_bills(self, account_id: str) -> list[Bill]:
        query: dict[str, Value] = {"accountId": account_id, "pageSize": PAGE_SIZE}
        return self._fetch_list(Call("GET", "/bills", query=query), Bill)

    def fetch_bill(self, bill_id: str) -> Bill:
        return self._fetch(Call("GET", "/bills/{id}", {"id": bill_id}), Bill)
