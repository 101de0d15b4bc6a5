"""Accounts by API."""

import pytest
from tests.billing.test_standing import make_subscription
from tests.builders import make_account, make_item

from financehub.banking.models import Account, Sync
from financehub.core import clock


class TestAccounts:
    def test_are_listed_by_name_without_those_put_away(self, program, bakery):
        make_account(company=bakery, is_manual=True, name="B")
        make_account(company=bakery, is_manual=True, name="A")
        make_account(company=bakery, is_manual=True, name="C", archived_at="2026-01-01T00:00:00Z")
        make_account(is_manual=True)
        names = [account["name"] for account in program.get("/api/banking/accounts/").json()["results"]]
        assert names == ["A", "B"]

    def test_say_what_a_bank_says_of_a_card(self, program, bakery):
        card = make_account(
            company=bakery, type="CREDIT", balance_cents=12345, credit_limit_cents=500000, brand="VISA"
        )
        answer = program.get(f"/api/banking/accounts/{card.pk}/").json()
        assert (answer["balanceCents"], answer["currency"]) == (12345, "BRL")
        assert (answer["card"]["creditLimitCents"], answer["card"]["brand"]) == (500000, "VISA")
        assert answer["item"] == {
            "id": str(card.item.pk),
            "itemId": str(card.item.pluggy_id),
            "connectorName": "Pluggy Bank",
        }

    def test_never_show_a_whole_number_or_document(self, program, bakery):
        make_account(company=bakery, number="12345-6", number_last4="45-6", document="529.982.247-25")
        content = program.get("/api/banking/accounts/").content.decode()
        assert "12345-6" not in content
        assert "529.982" not in content

    def test_belong_to_a_connection_by_either_id(self, program, bakery):
        item = make_item(company=bakery)
        account = make_account(item=item)
        make_account(company=bakery)
        for path in (
            f"/api/banking/items/{item.pk}/accounts/",
            f"/api/pluggy/items/{item.pluggy_id}/accounts",
        ):
            assert [row["id"] for row in program.get(path).json()["results"]] == [str(account.pk)]


class TestWhichAreSynced:
    @pytest.fixture
    def accounts(self, settings, bakery):
        settings.STRIPE_SECRET_KEY = "sk_test_x"
        make_subscription(bakery)
        item = make_item(company=bakery)
        at = clock.now()
        sync = {"status": "RUNNING", "trigger": "timer", "due_at": at, "requested_at": at, "lease_until": at}
        Sync.objects.create(company=bakery, item=item, **sync)
        return [make_account(item=item, name=f"Conta {number}") for number in range(4)]

    def test_is_said_of_each(self, program, bakery, accounts):
        make_account(company=bakery, is_manual=True, name="Caixa")
        told = program.get("/api/banking/accounts/").json()["results"]
        assert {row["name"]: row["sync"] for row in told} == {
            "Caixa": None,
            "Conta 0": "synced",
            "Conta 1": "synced",
            "Conta 2": "synced",
            "Conta 3": "waiting",
        }

    def test_is_chosen_all_or_nothing(self, program, accounts):
        keys = [str(account.pk) for account in accounts]
        address = "/api/banking/accounts/synced/"
        refused = program.post(address, {"start": [keys[3]]})
        assert refused.status_code == 403
        facts = {name: refused.json()[name] for name in ("current", "limit", "suggested_plan")}
        assert facts == {"current": 3, "limit": 3, "suggested_plan": "professional"}

        told = program.post(address, {"start": [keys[3]], "stop": [keys[0]]}).json()
        assert told["limit"] == 3
        states = {row["name"]: row["sync"] for row in told["results"]}
        assert states == {
            "Conta 0": "left_out",
            "Conta 1": "synced",
            "Conta 2": "synced",
            "Conta 3": "synced",
        }

    def test_knows_no_account_of_others(self, program, accounts):
        answer = program.post("/api/banking/accounts/synced/", {"start": [str(make_account().pk)]})
        assert answer.status_code == 404


class TestAnAccountByHand:
    def test_is_opened_with_its_balance(self, program, bakery):
        answer = program.post("/api/banking/accounts/", {"name": "Caixa", "openingBalanceCents": 5000})
        assert answer.status_code == 201
        assert (answer.json()["balanceCents"], answer.json()["isManual"]) == (5000, True)
        assert Account.objects.of(bakery).get().name == "Caixa"


class TestSyncingAnAccount:
    def test_is_accepted_and_can_be_followed(self, program, bakery):
        account = make_account(company=bakery)
        answer = program.post(f"/api/banking/accounts/{account.pk}/sync/")
        assert answer.status_code == 202
        followed = program.get(f"/api/banking/syncs/{answer.json()['id']}/").json()
        assert followed["receipt"]["read"] == 0

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"status": "LOGIN_ERROR"}, "needs_reconnect"),
            ({"status": "WAITING_USER_INPUT"}, "needs_answer"),
            ({"disconnected_at": "2026-01-01T00:00:00Z"}, "not_connected"),
        ],
    )
    def test_says_what_the_person_must_do_first(self, program, bakery, fields, code):
        account = make_account(item=make_item(company=bakery, **fields))
        answer = program.post(f"/api/banking/accounts/{account.pk}/sync/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, code)
        assert not Sync.objects.of(bakery).exists()

    def test_is_refused_for_an_account_kept_by_hand(self, program, bakery):
        account = make_account(company=bakery, is_manual=True)
        answer = program.post(f"/api/banking/accounts/{account.pk}/sync/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_connected")
