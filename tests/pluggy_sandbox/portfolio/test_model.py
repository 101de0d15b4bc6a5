"""Every object of every login is one of the vendor's own SDK models, money included."""

import pytest
from pluggy_sdk.models.account import Account
from pluggy_sdk.models.bill import Bill
from pluggy_sdk.models.identity_response import IdentityResponse
from pluggy_sdk.models.investment import Investment
from pluggy_sdk.models.investment_transaction import InvestmentTransaction
from pluggy_sdk.models.loan import Loan
from pluggy_sdk.models.transaction import Transaction
from tests.pluggy_sandbox.portfolio.customers import LOGINS, all_rows, made, shown

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.model import Changes

everyone = pytest.mark.parametrize(("user", "number"), LOGINS)


def plain(value: object) -> dict:
    """As a client reads it: JSON numbers become floats."""
    return wire.msgspec.json.decode(wire.encode(value))


@everyone
class TestModels:
    def test_accept_every_object(self, user: str, number: int) -> None:
        portfolio = shown(user, number)
        moves = [move for moves in portfolio.investment_transactions.values() for move in moves]
        for model, objects in (
            (Account, portfolio.accounts),
            (Bill, [bill for bills in portfolio.bills.values() for bill in bills]),
            (Investment, portfolio.investments),
            (InvestmentTransaction, moves),
            (Loan, portfolio.loans),
            (IdentityResponse, [portfolio.identity]),
            (Transaction, all_rows(portfolio)),
        ):
            for one in objects:
                assert model.from_dict(plain(one)) is not None


class TestPortfolio:
    def test_finds_accounts_by_id_and_type(self) -> None:
        portfolio = made()
        account = portfolio.accounts[0]
        assert portfolio.account(account["id"]) is account
        assert portfolio.account("nobody") is None
        assert [account["type"] for account in portfolio.accounts_of("CREDIT")] == ["CREDIT"]


class TestChanges:
    def test_are_true_once_something_changed(self) -> None:
        changes = Changes()
        changes.of("a")
        assert not changes
        changes.of("a").note_created(["1"], "2026-01-02", "2026-02-01")
        changes.of("a").note_created(["2"], "2026-01-01", "2026-02-02")
        assert changes
        change = changes.accounts["a"]
        assert (change.created, change.min_date, change.created_from) == (
            ["1", "2"],
            "2026-01-01",
            "2026-02-01",
        )
