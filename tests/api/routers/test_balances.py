"""Balances and their gaps by API."""

import pytest
from tests.builders import make_account

from financehub.banking.balances import checking
from financehub.core import clock


@pytest.fixture
def account(bakery):
    """An account whose bank has R$ 77,77 less than its rows."""
    account = make_account(company=bakery, balance_cents=50_000, balance_at=clock.now())
    checking.check_read([account], wrote=set())
    account.balance_cents = 42_223
    account.save()
    checking.check_read([account], wrote=set())
    return account


class TestABalance:
    def test_shows_its_gap_with_parts_and_days(self, program, account):
        answer = program.get(f"/api/banking/accounts/{account.pk}/balance/").json()
        today = clock.today().isoformat()
        assert answer["addsUp"] is False
        assert answer["gap"] == {
            "gapCents": -7777,
            "since": today,
            "rightUntil": today,
            "parts": [
                {
                    "cause": "missing_rows",
                    "cents": -7777,
                    "evidence": "nothing_else_fits",
                    "day": today,
                    "transactions": [],
                }
            ],
        }
        assert answer["days"] == [
            {"day": today, "bankCents": 42_223, "computedCents": 50_000, "gapCents": -7777}
        ]

    def test_adds_up_without_a_gap(self, program, bakery):
        answer = program.get(f"/api/banking/accounts/{make_account(company=bakery).pk}/balance/").json()
        assert answer == {"addsUp": True, "gap": None, "adjustments": [], "days": []}


class TestAnAdjustment:
    def test_closes_the_gap_and_is_taken_back(self, program, account):
        path = f"/api/banking/accounts/{account.pk}/balance"
        made = program.post(f"{path}/adjustments/", {"note": "tarifa"})
        assert (made.status_code, made.json()["cents"], made.json()["note"]) == (201, -7777, "tarifa")
        assert program.get(f"{path}/").json()["addsUp"] is True
        assert program.call("DELETE", f"{path}/adjustments/").status_code == 200
        assert program.get(f"{path}/").json()["addsUp"] is False

    def test_has_nothing_to_close_when_the_balance_adds_up(self, program, bakery):
        path = f"/api/banking/accounts/{make_account(company=bakery).pk}/balance/adjustments/"
        answer = program.post(path, {"note": "x"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_gap")
