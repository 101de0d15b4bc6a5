"""Investments are what was put in, grown."""

from tests.pluggy_sandbox.portfolio.customers import shown

from pluggy_sandbox.portfolio.holdings import portfolio_owner


class TestInvestments:
    def test_movements_make_the_original_amount(self) -> None:
        portfolio = shown("user-ok", 15)
        for investment in portfolio.investments:
            moves = portfolio.investment_transactions[investment["id"]]
            bought = sum(move["amount"] for move in moves if move["type"] == "BUY")
            assert investment["amountOriginal"] == bought
            assert investment["amountProfit"] == investment["amount"] - bought
            assert investment["balance"] == investment["amount"] - investment["taxes"]

    def test_shares_are_whole(self) -> None:
        shares = [one for one in shown("user-ok", 15).investments if one["type"] == "EQUITY"]
        assert len(shares) == 4
        assert all(one["quantity"] == int(one["quantity"]) > 0 for one in shares)

    def test_belong_to_the_customer(self) -> None:
        portfolio = shown("user-ok", 15)
        assert {one["owner"] for one in portfolio.investments} == {portfolio_owner(portfolio)}
