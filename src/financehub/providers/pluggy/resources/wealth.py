"""Investments and their movements, loans, and the identity behind an Item."""

from collections.abc import Iterator

from financehub.providers.pluggy.calls import Call
from financehub.providers.pluggy.limits import Family
from financehub.providers.pluggy.paging import PAGE_SIZE, Endpoints
from financehub.providers.pluggy.shapes.identity import Identity
from financehub.providers.pluggy.shapes.investments import Investment, InvestmentTransaction
from financehub.providers.pluggy.shapes.loans import Loan


class WealthEndpoints(Endpoints):
    def fetch_investments(self, item_id: str, investment_type: str | None = None) -> list[Investment]:
        query = {"itemId": item_id, "type": investment_type, "pageSize": PAGE_SIZE}
        call = Call("GET", "/investments", query=query, family=Family.INVESTMENTS)
        return self._fetch_list(call, Investment)

    def fetch_investment(self, investment_id: str) -> Investment:
        call = Call("GET", "/investments/{id}", {"id": investment_id}, family=Family.INVESTMENTS)
        return self._fetch(call, Investment)

    def iter_investment_transactions(self, investment_id: str) -> Iterator[InvestmentTransaction]:
        """The movements of one Investment, page after page."""
        call = Call(
            "GET",
            "/investments/{id}/transactions",
            {"id": investment_id},
            {"pageSize": PAGE_SIZE},
            family=Family.INVESTMENTS,
        )
        for page in self._pages(call, InvestmentTransaction):
            yield from page

    def fetch_identity(self, item_id: str) -> Identity:
        """PluggyNotFound also when the product was not collected."""
        return self._fetch(Call("GET", "/identity", query={"itemId": item_id}), Identity)

    def fetch_identity_by_id(self, identity_id: str) -> Identity:
        return self._fetch(Call("GET", "/identity/{id}", {"id": identity_id}), Identity)

    def fetch_loans(self, item_id: str) -> list[Loan]:
        return self._fetch_list(Call("GET", "/loans", query={"itemId": item_id}), Loan)

    def fetch_loan(self, loan_id: str) -> Loan:
        return self._fetch(Call("GET", "/loans/{id}", {"id": loan_id}), Loan)
