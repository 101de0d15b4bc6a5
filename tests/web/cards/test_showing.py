"""From the cards report to what the templates show."""

from datetime import date, timedelta

import pytest
from tests.banking.cards.card_stories import DECEMBER, bill, row, sheets
from tests.builders import make_account, make_transaction

from financehub.banking.cards import reports
from financehub.banking.cards.installments import Committed
from financehub.companies.models import Company
from financehub.core import clock
from financehub.web.cards import showing


def months(*cents: tuple[int, int]) -> list[Committed]:
    return [Committed(date(2026, place, 1), here, soon) for place, (here, soon) in enumerate(cents, start=1)]


class TestBars:
    def test_stand_forecasts_on_what_is_here(self) -> None:
        first, second = showing.bars(months((6000, 4000), (0, 5000)))[:2]
        assert (first.here_height, first.forecast_height) == (82, 55)
        assert first.forecast_top + first.forecast_height == first.here_top
        assert (second.here_height, second.forecast_height) == (0, 69)

    def test_show_six_months_or_all_that_are_taken(self) -> None:
        assert len(showing.bars(months(*[(0, 0)] * 12))) == 6
        assert len(showing.bars(months(*[(0, 0)] * 7, (1, 0), *[(0, 0)] * 4))) == 8

    def test_never_hide_a_cent(self) -> None:
        assert showing.bars(months((10**9, 0), (1, 0)))[1].here_height == 2


class TestABill:
    def test_is_split_by_card_when_there_are_several(self) -> None:
        rows = [row(DECEMBER, -500, last4="1111"), row(DECEMBER, -900, last4="2222")]
        found = sheets(rows, [bill(11, 0)])["2026-12"]
        assert showing.by_card(found) == [("2222", 900), ("1111", 500)]
        assert showing.by_card(sheets(rows[:1], [bill(11, 0)])["2026-12"]) == []


@pytest.mark.django_db
class TestPanels:
    def test_show_the_newest_rows_and_who_shares_the_limit(self, bakery: Company) -> None:
        numbers = {"type": "CREDIT", "credit_limit_cents": 1000, "available_limit_cents": 400}
        first = make_account(company=bakery, name="Azul", **numbers)
        second = make_account(item=first.item, name="Preto", **numbers)
        rows = [make_transaction(account=first, date=clock.today()) for _ in range(10)]
        found = reports.report(bakery, [first, second])
        blue, black = showing.panels(bakery, found)
        assert [shown.transaction for shown in blue.rows] == rows[: -showing.ROWS_SHOWN - 1 : -1]
        assert (blue.shares_with, black.shares_with) == (["Preto"], ["Azul"])

    def test_list_plans_by_what_they_still_cost(self, bakery: Company) -> None:
        card = make_account(company=bakery, type="CREDIT")
        for cents, name in ((-100, "Livro"), (-9000, "Viagem")):
            make_transaction(
                account=card,
                amount_cents=cents,
                description=f"{name} 1/3",
                installment_number=1,
                total_installments=3,
            )
        lines = showing.plan_lines(reports.report(bakery, [card]))
        assert [(line.plan.description, line.left_cents, line.here) for line in lines] == [
            ("Viagem", 27000, 1),
            ("Livro", 300, 1),
        ]

    def test_know_the_bills_beside_one(self, bakery: Company) -> None:
        card = make_account(company=bakery, type="CREDIT")
        make_transaction(account=card, date=clock.today() - timedelta(days=40))
        statement = reports.statement(bakery, card)
        before, after = showing.neighbours(statement, statement.open.month)
        assert before is not None
        assert after is None
        assert before.month < statement.open.month
        assert showing.check_of(statement.open) in {statement.open.check, statement.open.so_far}
