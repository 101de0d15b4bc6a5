"""Loans and how far they are paid."""

from datetime import timedelta
from decimal import Decimal

from tests.pluggy_sandbox.portfolio.customers import EVENING, made, shown

from pluggy_sandbox.portfolio.advance import roll_forward


class TestLoans:
    def test_an_instalment_is_paid_every_month(self) -> None:
        before = made().loans[0]["installments"]
        portfolio = made()
        roll_forward(portfolio, now=EVENING + timedelta(days=61))
        after = portfolio.loans[0]["installments"]
        assert (
            before["paidInstallments"] + before["dueInstallments"]
            == before["totalNumberOfInstallments"]
            == 48
        )
        assert after["paidInstallments"] == before["paidInstallments"] + 2

    def test_the_outstanding_balance_is_less_than_what_is_left_to_pay(self) -> None:
        loan = shown().loans[0]
        left = loan["installments"]["dueInstallments"] * Decimal("1129.74")
        assert 0 < loan["payments"]["contractOutstandingBalance"] < left
