"""Accounts: numbers, owners, statements."""

from tests.pluggy_sandbox.portfolio.customers import shown


class TestAccounts:
    def test_a_joint_account_names_both(self) -> None:
        assert {account["owner"] for account in shown("user-ok", 11).accounts} == {
            "Ana Beatriz Carvalho Lima e Rafael Gomes Barbosa"
        }

    def test_numbers_belong_to_the_bank(self) -> None:
        account = shown("23824264030", 601).accounts[0]
        assert account["bankData"]["transferNumber"] == f"341/{account['number']}"

    def test_twelve_statements_are_kept(self) -> None:
        months = [one["monthYear"] for one in next(iter(shown().statements.values()))]
        assert (months[0], months[-1], len(months)) == ("10-2026", "11-2025", 12)

    def test_a_cards_limit_is_used_by_what_is_owed_and_by_parcelas_to_come(self) -> None:
        portfolio = shown("76109277673", 612)
        card = next(portfolio.accounts_of("CREDIT"))
        data = card["creditData"]
        limit = data["disaggregatedCreditLimits"][0]
        assert limit["usedAmount"] + data["availableCreditLimit"] == data["creditLimit"]
        assert limit["usedAmount"] > card["balance"] > 0
