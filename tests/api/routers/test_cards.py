"""Cards by API: open bills, bills with their rows and check, plans of parcelas, moving a row."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.builders import make_account, make_transaction

from financehub.banking.models import CreditCardBill, Transaction
from financehub.core import clock


@pytest.fixture
def card(bakery):
    return make_account(
        company=bakery,
        type="CREDIT",
        name="Roxinho",
        balance_cents=12_345,
        balance_at=clock.now(),
        credit_limit_cents=100_000,
        available_limit_cents=40_000,
        additional_last4=["4417"],
    )


@pytest.fixture
def purchase(card):
    """The first of three parcelas, on the open bill."""
    return make_transaction(
        account=card,
        amount_cents=-12_345,
        description="Geladeira 1/3",
        installment_number=1,
        total_installments=3,
        card_last4="4417",
    )


@pytest.fixture
def closed(card):
    """A bill of R$ 500,00 that waits to be paid; R$ 20,00 have been."""
    today = clock.today()
    return CreditCardBill.objects.create(
        company=card.company,
        account=card,
        pluggy_id="b1",
        due_date=today + timedelta(days=3),
        close_date=today - timedelta(days=4),
        total_cents=50_000,
        currency="BRL",
        payments=[{"type": "X", "mode": None, "date": today.isoformat(), "amount_cents": 2_000}],
        finance_charges=[{"type": "IOF", "amount_cents": 38, "currency": "BRL"}],
        created_at=clock.now(),
    )


class TestCards:
    def test_say_the_open_bill_the_limits_and_the_months_taken(self, program, card, purchase):
        answer = program.get("/api/banking/cards/").json()
        (told,) = answer["cards"]
        assert (told["id"], told["name"], told["additionalLast4"]) == (str(card.pk), "Roxinho", ["4417"])
        assert (told["openBill"]["state"], told["openBill"]["totalCents"]) == ("open", 12_345)
        assert answer["limits"] == [
            {
                "currency": "BRL",
                "limitCents": 100_000,
                "usedCents": 60_000,
                "availableCents": 40_000,
                "cards": [str(card.pk)],
                "why": "alone",
            }
        ]
        taken = [(one["hereCents"], one["forecastCents"]) for one in answer["committed"][:4]]
        assert taken == [(12_345, 0), (0, 12_345), (0, 12_345), (0, 0)]

    def test_leave_bank_accounts_out(self, program, bakery):
        make_account(company=bakery)
        assert program.get("/api/banking/cards/").json()["cards"] == []

    def test_say_what_waits_to_be_paid(self, program, closed):
        assert program.get("/api/banking/cards/").json()["cards"][0]["waitingCents"] == 48_000


class TestBills:
    def test_are_newest_first_with_their_state_and_payments(self, program, card, closed):
        bills = program.get(f"/api/banking/cards/{card.pk}/bills/").json()["results"]
        assert [bill["state"] for bill in bills] == ["open", "partly_paid"]
        told = bills[1]
        assert (told["totalCents"], told["paidCents"], told["leftCents"]) == (50_000, 2_000, 48_000)
        assert told["payments"] == [
            {"day": clock.today().isoformat(), "cents": 2_000, "source": "bill", "transactions": []}
        ]
        assert told["charges"] == [{"type": "IOF", "cents": 38}]

    def test_explain_a_difference(self, program, card, closed):
        told = program.get(f"/api/banking/cards/{card.pk}/bills/").json()["results"][1]
        check = told["check"]
        assert (check["statedCents"], check["expectedCents"], check["differenceCents"]) == (
            50_000,
            38,
            49_962,
        )
        assert check["explanations"] == [{"cause": "previous_unknown", "cents": 49_962, "transactions": []}]

    def test_come_one_by_one_with_their_rows(self, program, card, purchase):
        month = program.get(f"/api/banking/cards/{card.pk}/bills/").json()["results"][0]["month"]
        (row,) = program.get(f"/api/banking/cards/{card.pk}/bills/{month}/").json()["rows"]
        assert (row["id"], row["cents"], row["kind"], row["rule"], row["cardLast4"]) == (
            str(purchase.pk),
            -12_345,
            "purchase",
            "cycle",
            "4417",
        )

    @pytest.mark.parametrize("month", ["1999-01", "now", "2026-13"])
    def test_that_are_not_there_are_not_found(self, program, card, month):
        answer = program.get(f"/api/banking/cards/{card.pk}/bills/{month}/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")

    def test_of_what_is_no_card_are_not_found(self, program, bakery):
        account = make_account(company=bakery)
        for path in ("bills", "bills/2026-01", "plans"):
            assert program.get(f"/api/banking/cards/{account.pk}/{path}/").status_code == 404
            assert program.get(f"/api/banking/cards/{uuid4()}/{path}/").status_code == 404


class TestPlans:
    def test_tell_rows_from_forecasts(self, program, card, purchase):
        (plan,) = program.get(f"/api/banking/cards/{card.pk}/plans/").json()["results"]
        assert (plan["description"], plan["count"], plan["totalCents"]) == ("Geladeira", 3, 37_035)
        told = [(one["number"], one["state"], one["transaction"]) for one in plan["parcels"]]
        assert told == [(1, "here", str(purchase.pk)), (2, "forecast", None), (3, "forecast", None)]


class TestMovingARow:
    def test_puts_it_on_another_bill_until_the_bank_decides_again(self, program, bakery, purchase):
        path = f"/api/banking/transactions/{purchase.pk}/bill/"
        assert program.post(path, {"month": "2027-03"}).json()["id"] == str(purchase.pk)
        assert f"{Transaction.objects.of(bakery).get().own_bill_month}" == "2027-03-01"
        assert program.post(path, {"month": None}).status_code == 200
        assert Transaction.objects.of(bakery).get().own_bill_month is None

    def test_needs_a_month_and_a_card(self, program, bakery, purchase):
        other = make_transaction(account=make_account(company=bakery))
        wrong = program.post(f"/api/banking/transactions/{purchase.pk}/bill/", {"month": "March"})
        bank = program.post(f"/api/banking/transactions/{other.pk}/bill/", {"month": "2027-03"})
        assert [wrong.json()["error"]["code"], bank.json()["error"]["code"]] == ["invalid", "invalid"]
