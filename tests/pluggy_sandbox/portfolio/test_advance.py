"""Days pass: what appears, what settles, and that mutations stay."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pluggy_sandbox.portfolio.customers import EVENING, account_id, in_reais, made, rows

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.advance import roll_forward
from pluggy_sandbox.portfolio.mutations import mutate

DAY = timedelta(days=1)


class TestRollForward:
    @settings(max_examples=8, deadline=None)
    @given(st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=3))
    def test_many_steps_end_where_one_step_does(self, days: list[int]) -> None:
        stepped, jumped, now = made(), made(), EVENING
        for count in days:
            now += count * DAY
            roll_forward(stepped, now=now)
        roll_forward(jumped, now=now)
        for account in jumped.accounts:
            contents = [
                sorted(
                    (row["id"], row["date"], row["amount"], row["status"]) for row in rows(one, account["id"])
                )
                for one in (stepped, jumped)
            ]
            assert contents[0] == contents[1]
        assert wire.encode(stepped.accounts) == wire.encode(jumped.accounts)

    def test_tells_new_rows_with_their_first_date_and_creation_time(self) -> None:
        portfolio = made()
        changes = roll_forward(portfolio, now=EVENING + 5 * DAY)
        checking = account_id(portfolio, "CHECKING_ACCOUNT")
        change = changes.accounts[checking]
        new = [row for row in rows(portfolio, checking) if row["createdAt"] == wire.stamp(EVENING + 5 * DAY)]
        assert sorted(change.created) == sorted(row["id"] for row in new)
        assert change.min_date == min(row["date"] for row in new)
        assert change.created_from == wire.stamp(EVENING + 5 * DAY)
        assert change.deleted == []

    def test_scheduled_rows_post_under_their_id(self) -> None:
        portfolio = made()
        checking = account_id(portfolio, "CHECKING_ACCOUNT")
        due = [
            row
            for row in rows(portfolio, checking)
            if row["status"] == "PENDING" and row["date"] < "2026-12-08T04"
        ]
        changes = roll_forward(portfolio, now=EVENING + 14 * DAY)
        assert len(due) > 2
        assert {row["id"] for row in due} <= set(changes.accounts[checking].updated)
        for row in due:
            now = wire.decode(portfolio.ledgers[checking].get(row["id"]))
            assert (now["status"], now["amount"], now["createdAt"]) == (
                "POSTED",
                row["amount"],
                row["createdAt"],
            )

    def test_a_bill_closes_and_its_rows_are_billed(self) -> None:
        portfolio = made()
        card = account_id(portfolio, "CREDIT_CARD")
        before = len(portfolio.bills[card])
        changes = roll_forward(portfolio, now=EVENING + 9 * DAY)
        newest = portfolio.bills[card][0]
        billed = [row for row in rows(portfolio, card) if row["creditCardMetadata"]["billId"] == newest["id"]]
        assert len(portfolio.bills[card]) == before + 1
        assert newest["billClosingDate"] == "2026-12-03T00:00:00.000Z"
        assert {row["status"] for row in billed} == {"POSTED"}
        assert len(set(changes.accounts[card].updated) & {row["id"] for row in billed}) > 20

    def test_an_earlier_instant_changes_nothing(self) -> None:
        assert not roll_forward(made(), now=EVENING - DAY)

    def test_a_perf_portfolio_grows_by_copies(self) -> None:
        portfolio = made("user-ok-perf-50x", copies=50)
        checking = account_id(portfolio, "CHECKING_ACCOUNT")
        before = len(portfolio.ledgers[checking])
        change = roll_forward(portfolio, now=EVENING + 3 * DAY).accounts[checking]
        assert len(change.created) % 50 == 0
        assert len(portfolio.ledgers[checking]) == before + len(change.created)


class TestMutationsStay:
    @pytest.mark.parametrize(
        "kind", ["amount", "description", "category", "rekey", "delete", "late", "split", "twin"]
    )
    def test_after_days_have_passed(self, kind: str) -> None:
        portfolio, plain = made(), made()
        checking = account_id(portfolio, "CHECKING_ACCOUNT")
        mutate(portfolio, kind=kind, account_id=checking, now=EVENING, seed=3, params={})
        mutated = {row["id"]: row for row in rows(portfolio, checking)}
        for one in (portfolio, plain):
            roll_forward(one, now=EVENING + 20 * DAY)
        now = {row["id"]: row for row in rows(portfolio, checking)}
        assert {name: now[name]["description"] for name in mutated} == {
            name: row["description"] for name, row in mutated.items()
        }
        moved = sum(in_reais(row) for row in now.values() if row["status"] == "POSTED") - sum(
            in_reais(row) for row in rows(plain, checking) if row["status"] == "POSTED"
        )
        shift = portfolio.account(checking)["balance"] - plain.account(checking)["balance"]
        assert shift == moved

    def test_a_client_category_outlives_the_posting(self) -> None:
        portfolio = made()
        checking = account_id(portfolio, "CHECKING_ACCOUNT")
        pending = next(row for row in reversed(rows(portfolio, checking)) if row["status"] == "PENDING")
        portfolio.ledgers[checking].set_category(pending["id"], "13000000", "Donations", EVENING)
        roll_forward(portfolio, now=EVENING + 30 * DAY)
        after = wire.decode(portfolio.ledgers[checking].get(pending["id"]))
        assert (after["status"], after["category"]) == ("POSTED", "Donations")

    def test_a_renamed_pending_row_posts_once_under_its_new_id(self) -> None:
        portfolio = made()
        checking = account_id(portfolio, "CHECKING_ACCOUNT")
        pending = next(row for row in reversed(rows(portfolio, checking)) if row["status"] == "PENDING")
        change = mutate(
            portfolio,
            kind="rekey",
            account_id=checking,
            now=EVENING,
            seed=1,
            params={"transactionId": pending["id"]},
        ).accounts[checking]
        roll_forward(portfolio, now=EVENING + 30 * DAY)
        twins = [
            row
            for row in rows(portfolio, checking)
            if (row["date"], row["amount"], row["description"])
            == (pending["date"], pending["amount"], pending["description"])
        ]
        assert [(row["id"], row["status"]) for row in twins] == [(change.created[0], "POSTED")]
        assert Decimal(twins[0]["amount"]) == pending["amount"]
