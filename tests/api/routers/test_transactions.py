"""Transactions by API: pages, filters, edits, rows by hand."""

from datetime import date, timedelta

import pytest
from tests.builders import make_account, make_item, make_transaction

from financehub.banking.models import Transaction

URL = "/api/banking/transactions/"


@pytest.fixture
def account(bakery):
    return make_account(company=bakery)


@pytest.fixture
def cash(bakery):
    return make_account(company=bakery, is_manual=True, name="Caixa")


class TestPages:
    def test_go_on_after_the_cursor_until_the_end(self, program, account):
        rows = [make_transaction(account=account, date=date(2026, 1, day)) for day in range(1, 8)]
        seen, after = [], None
        for _ in range(3):
            query = {"limit": 3, **({"after": after} if after else {})}
            page = program.get(URL, **query).json()
            seen += [row["id"] for row in page["results"]]
            after = page["next"]
        assert after is None
        assert seen == [str(row.pk) for row in reversed(rows)]

    def test_shift_nothing_when_a_row_arrives_meanwhile(self, program, account):
        rows = [make_transaction(account=account, date=date(2026, 1, day)) for day in range(1, 5)]
        first = program.get(URL, limit=2).json()
        make_transaction(account=account, date=date(2026, 1, 9))
        second = program.get(URL, limit=2, after=first["next"]).json()
        assert [row["id"] for row in second["results"]] == [str(rows[1].pk), str(rows[0].pk)]

    @pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 501}, {"after": "x"}, {"from": "yesterday"}])
    def test_refuse_what_they_do_not_understand(self, program, query):
        assert program.get(URL, **query).status_code == 422

    def test_of_a_connection_are_found_by_either_id(self, program, bakery):
        item = make_item(company=bakery)
        row = make_transaction(account=make_account(item=item))
        make_transaction(account=make_account(company=bakery))
        for path in (
            f"/api/banking/items/{item.pk}/transactions/",
            f"/api/pluggy/items/{item.pluggy_id}/transactions",
        ):
            assert [found["id"] for found in program.get(path).json()["results"]] == [str(row.pk)]


class TestFilters:
    def test_narrow_by_day_direction_status_and_words(self, program, account):
        today = date(2026, 3, 10)
        salary = make_transaction(account=account, date=today, amount_cents=500000, description="Salario")
        coffee = make_transaction(account=account, date=today - timedelta(days=9), description="Cafe")
        pending = make_transaction(account=account, date=today, status="PENDING")

        def found(**query):
            return {row["id"] for row in program.get(URL, **query).json()["results"]}

        assert found(direction="in") == {str(salary.pk)}
        assert found(to="2026-03-01") == {str(coffee.pk)}
        assert found(**{"from": "2026-03-02"}) == {str(salary.pk), str(pending.pk)}
        assert found(status="PENDING") == {str(pending.pk)}
        assert found(text="cafe") == {str(coffee.pk)}


class TestATransaction:
    def test_says_what_the_bank_said_and_what_a_person_set(self, program, account):
        row = make_transaction(account=account, amount_cents=-1234, own_description="Cafe da manha")
        answer = program.get(f"{URL}{row.pk}/").json()
        assert (answer["amountCents"], answer["currency"], answer["type"]) == (-1234, "BRL", "DEBIT")
        assert (answer["description"], answer["bankDescription"]) == ("Cafe da manha", "Padaria")
        assert answer["account"]["accountId"] == str(account.pluggy_id)
        assert answer["transactionId"] == str(row.pluggy_id)

    def test_keeps_what_an_edit_leaves_out(self, program, account):
        row = make_transaction(account=account)
        program.call("PATCH", f"{URL}{row.pk}/", {"note": "cliente", "tags": ["obra"]})
        answer = program.call("PATCH", f"{URL}{row.pk}/", {"isIgnored": True}).json()
        assert (answer["note"], answer["tags"], answer["isIgnored"]) == ("cliente", ["obra"], True)

    def test_is_hidden_and_restored(self, program, account):
        row = make_transaction(account=account)
        assert program.call("DELETE", f"{URL}{row.pk}/").json()["deletedAt"] is not None
        assert program.get(URL).json()["results"] == []
        assert program.post(f"{URL}{row.pk}/restore/").json()["deletedAt"] is None
        assert len(program.get(URL).json()["results"]) == 1

    def test_of_the_bank_is_not_rewritten(self, program, account):
        row = make_transaction(account=account)
        entry = {"amountCents": 1, "date": "2026-01-02", "description": "x"}
        answer = program.call("PUT", f"{URL}{row.pk}/", entry)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_manual")


class TestARowByHand:
    def test_moves_the_balance_of_its_account(self, program, cash):
        entry = {"amountCents": -2500, "date": "2026-01-02", "description": "Pao"}
        answer = program.post(URL, {"account": str(cash.pk), **entry})
        assert answer.status_code == 201
        cash.refresh_from_db()
        assert cash.balance_cents == -2500

        path = f"{URL}{answer.json()['id']}/"
        program.call("PUT", path, {**entry, "amountCents": -3000})
        cash.refresh_from_db()
        assert cash.balance_cents == -3000

    @pytest.mark.parametrize(
        "change",
        [
            {"amountCents": 0},
            {"amountCents": "1.5"},
            {"amountCents": 10**19},
            {"description": ""},
            {"date": "2026-13-01"},
        ],
    )
    def test_is_refused_when_it_makes_no_sense(self, program, cash, change):
        entry = {
            "account": str(cash.pk),
            "amountCents": 1,
            "date": "2026-01-02",
            "description": "x",
            **change,
        }
        assert program.post(URL, entry).status_code == 422
        assert not Transaction.objects.across_companies().exists()
