"""Investments are what was put in, grown."""

from tests.pluggy_sandbox.portfolio.customers import shown

from pluggy_sandbox.portfolio.holdings import portfolio_owner


class TestInvestments:
    def test_units_are_what_was_bought_less_what_was_sold_or_taxed(self) -> None:
        portfolio = shown("user-ok", 15)
        for investment in portfolio.investments:
            signs = {"BUY": 1, "SELL": -1, "TAX": -1, "INTEREST": 0}
            moves = portfolio.investment_transactions[investment["id"]]
            assert (
                sum(signs[move["type"]] * (move["quantity"] or 0) for move in moves) == investment["quantity"]
            )
            assert investment["amountProfit"] == investment["amount"] - investment["amountOriginal"]
            assert investment["balance"] == investment["amount"] - investment["taxes"]

    def test_an_untouched_investment_has_cost_what_was_bought(self) -> None:
        portfolio = shown()
        cdb = portfolio.investments[0]
        moves = portfolio.investment_transactions[cdb["id"]]
        assert cdb["amountOriginal"] == sum(move["amount"] for move in moves if move["type"] == "BUY")

    def test_funds_pay_tax_in_units_in_may_and_november(self) -> None:
        portfolio = shown("user-ok", 15)
        fund = next(one for one in portfolio.investments if one["name"].startswith("Verde"))
        taxed = [move for move in portfolio.investment_transactions[fund["id"]] if move["type"] == "TAX"]
        assert {move["date"][5:7] for move in taxed} <= {"05", "11"}
        assert len(taxed) >= 2

    def test_some_is_sold_every_half_year(self) -> None:
        portfolio = shown("user-ok", 15)
        selic = next(one for one in portfolio.investments if one["name"].startswith("Tesouro Selic"))
        sold = [move for move in portfolio.investment_transactions[selic["id"]] if move["type"] == "SELL"]
        assert len(sold) >= 3
        assert all(move["movementType"] == "DEBIT" for move in sold)

    def test_shares_are_whole(self) -> None:
        shares = [one for one in shown("user-ok", 15).investments if one["type"] == "EQUITY"]
        assert len(shares) == 4
        assert all(one["quantity"] == int(one["quantity"]) > 0 for one in shares)

    def test_belong_to_the_customer(self) -> None:
        portfolio = shown("user-ok", 15)
        assert {one["owner"] for one in portfolio.investments} == {portfolio_owner(portfolio)}
