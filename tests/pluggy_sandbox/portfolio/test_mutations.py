"""Each kind of mutation does what it says, and the balance moves with the rows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.pluggy_sandbox.portfolio.customers import EVENING, account_id, in_reais, made, rows

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.model import AccountChanges, Portfolio
from pluggy_sandbox.portfolio.mutations import KINDS, MutationRefused, counted, mutate


@pytest.fixture
def portfolio() -> Portfolio:
    return made()


@pytest.fixture
def checking(portfolio: Portfolio) -> str:
    return account_id(portfolio, "CHECKING_ACCOUNT")


@pytest.fixture
def card(portfolio: Portfolio) -> str:
    return account_id(portfolio, "CREDIT_CARD")


def run(portfolio: Portfolio, kind: str, account: str, seed: int = 1, **params) -> AccountChanges:
    changes = mutate(portfolio, kind=kind, account_id=account, now=EVENING, seed=seed, params=params)
    return changes.accounts[account]


def row_of(portfolio: Portfolio, account: str, transaction_id: str) -> dict:
    return wire.decode(portfolio.ledgers[account].get(transaction_id) or b"{}")


class TestEveryKind:
    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "return"])
    @pytest.mark.parametrize("subtype", ["CHECKING_ACCOUNT", "CREDIT_CARD"])
    def test_keeps_the_balance_equal_to_the_rows(self, portfolio: Portfolio, kind: str, subtype: str) -> None:
        account = account_id(portfolio, subtype)
        before = portfolio.account(account)["balance"] - _sum(portfolio, account)
        assert run(portfolio, kind, account)
        assert portfolio.account(account)["balance"] - _sum(portfolio, account) == before

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "return"])
    def test_repeats_itself(self, kind: str) -> None:
        first, second = made(), made()
        account = account_id(first, "CHECKING_ACCOUNT")
        assert run(first, kind, account) == run(second, kind, account)

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "return"])
    def test_works_on_many_copies(self, kind: str) -> None:
        many = made("user-ok-perf-20x", copies=20)
        account = account_id(many, "CHECKING_ACCOUNT")
        size = len(many.ledgers[account])
        change = run(many, kind, account)
        assert len(many.ledgers[account]) == size + len(change.created) - len(change.deleted)


class TestInPlace:
    def test_amount_keeps_the_id(self, portfolio: Portfolio, checking: str) -> None:
        target = rows(portfolio, checking)[30]
        change = run(portfolio, "amount", checking, transactionId=target["id"], amount="-12.34")
        assert (change.created, change.updated, change.deleted) == ([], [target["id"]], [])
        assert row_of(portfolio, checking, target["id"])["amount"] == Decimal("-12.34")

    def test_description_and_category(self, portfolio: Portfolio, checking: str) -> None:
        target = rows(portfolio, checking)[30]["id"]
        run(portfolio, "description", checking, transactionId=target, description="Outro nome")
        run(portfolio, "category", checking, transactionId=target, categoryId="13000000")
        row = row_of(portfolio, checking, target)
        assert (row["description"], row["category"]) == ("Outro nome", "Donations")

    def test_pending_posts_and_unposts_under_the_same_id(self, portfolio: Portfolio, card: str) -> None:
        name = run(portfolio, "post", card).updated[0]
        assert row_of(portfolio, card, name)["status"] == "POSTED"
        run(portfolio, "unpost", card, transactionId=name)
        assert row_of(portfolio, card, name)["status"] == "PENDING"


class TestNewIds:
    def test_rekey_leaves_everything_but_the_id(self, portfolio: Portfolio, checking: str) -> None:
        target = rows(portfolio, checking)[30]
        change = run(portfolio, "rekey", checking, transactionId=target["id"])
        assert change.deleted == [target["id"]]
        again = row_of(portfolio, checking, change.created[0])
        times = ("id", "createdAt", "updatedAt")
        assert {k: v for k, v in again.items() if k not in times} == {
            k: v for k, v in target.items() if k not in times
        }
        assert change.created_from == wire.stamp(EVENING)

    def test_post_rekeyed_changes_id_and_status(self, portfolio: Portfolio, card: str) -> None:
        change = run(portfolio, "post_rekeyed", card)
        assert row_of(portfolio, card, change.created[0])["status"] == "POSTED"
        assert portfolio.ledgers[card].get(change.deleted[0]) is None

    def test_redate_moves_the_day_with_a_new_id_or_the_old(self, portfolio: Portfolio, card: str) -> None:
        target = rows(portfolio, card)[30]
        moved = run(portfolio, "redate", card, transactionId=target["id"], days=4)
        assert row_of(portfolio, card, moved.created[0])["date"][:10] == _days_after(target["date"], 4)
        kept = run(portfolio, "redate", card, transactionId=moved.created[0], days=-4, keepId=True)
        assert row_of(portfolio, card, kept.updated[0])["date"] == target["date"]

    def test_split_adds_up(self, portfolio: Portfolio, checking: str) -> None:
        target = rows(portfolio, checking)[30]
        change = run(portfolio, "split", checking, transactionId=target["id"])
        parts = [row_of(portfolio, checking, name) for name in change.created]
        assert sum(part["amount"] for part in parts) == target["amount"]
        assert len(parts) == 2

    def test_twin_is_equal_to_its_model(self, portfolio: Portfolio, checking: str) -> None:
        target = rows(portfolio, checking)[30]
        twin = row_of(
            portfolio, checking, run(portfolio, "twin", checking, transactionId=target["id"]).created[0]
        )
        for field in ("date", "amount", "description", "descriptionRaw", "type", "categoryId"):
            assert twin[field] == target[field]


class TestLateRows:
    def test_late_and_backdated_rows_are_created_now_but_dated_before(
        self, portfolio: Portfolio, checking: str
    ) -> None:
        for kind, days in (("late", 5), ("backdated", 120)):
            change = run(portfolio, kind, checking)
            row = row_of(portfolio, checking, change.created[0])
            assert row["date"][:10] == (EVENING - timedelta(days=days)).date().isoformat()
            assert row["createdAt"] == wire.stamp(EVENING)
            assert (row["type"], row["amount"]) == ("DEBIT", Decimal("-42.90"))

    def test_the_caller_may_say_what_arrives(self, portfolio: Portfolio, card: str) -> None:
        change = run(
            portfolio, "late", card, amount="10.00", description="Bala", date="2026-11-20T03:00:00.000Z"
        )
        row = row_of(portfolio, card, change.created[0])
        assert (row["type"], row["amount"], row["description"]) == ("DEBIT", Decimal("10.00"), "Bala")


class TestDeleteAndReturn:
    def test_a_deleted_row_returns_under_its_id(self, portfolio: Portfolio, checking: str) -> None:
        size = len(portfolio.ledgers[checking])
        name = run(portfolio, "delete", checking).deleted[0]
        assert portfolio.ledgers[checking].get(name) is None
        change = run(portfolio, "return", checking)
        assert change.created == [name]
        assert len(portfolio.ledgers[checking]) == size

    def test_or_under_a_new_one(self, portfolio: Portfolio, checking: str) -> None:
        name = run(portfolio, "delete", checking).deleted[0]
        assert run(portfolio, "return", checking, newId=True).created != [name]


class TestRefusals:
    @pytest.mark.parametrize(
        ("kind", "params", "message"),
        [
            ("explode", {}, "unknown kind 'explode'"),
            ("delete", {"transactionId": "nobody"}, "no transaction nobody"),
            ("return", {}, "no deleted row to return"),
            ("category", {"categoryId": "1"}, "no category 1"),
            ("late", {"days": "many"}, "days must be a whole number"),
        ],
    )
    def test_says_why(
        self, portfolio: Portfolio, checking: str, kind: str, params: dict, message: str
    ) -> None:
        size = len(portfolio.ledgers[checking])
        with pytest.raises(MutationRefused, match=message):
            run(portfolio, kind, checking, **params)
        assert len(portfolio.ledgers[checking]) == size

    def test_an_unknown_account(self, portfolio: Portfolio) -> None:
        with pytest.raises(MutationRefused, match="no account"):
            mutate(portfolio, kind="delete", account_id="nobody", now=EVENING, seed=1, params={})


def test_counted_leaves_out_what_does_not_move_the_balance() -> None:
    future = {
        "creditCardMetadata": None,
        "status": "PENDING",
        "amount": Decimal("-5.00"),
        "date": "2027-01-01",
    }
    assert counted(future | {"amountInAccountCurrency": None}, EVENING) == 0


def _sum(portfolio: Portfolio, account: str) -> Decimal:
    ledger = portfolio.ledgers[account]
    found = [wire.decode(body) for body in ledger.numbered(limit=10**6)[0]]
    is_card = portfolio.account(account)["type"] == "CREDIT"
    now = wire.stamp(EVENING)
    return sum(
        (in_reais(row) for row in found if (row["date"] <= now if is_card else row["status"] == "POSTED")),
        Decimal(0),
    )


def _days_after(date: str, days: int) -> str:
    return (wire.parse(date) + timedelta(days=days)).date().isoformat()
