"""Connections by API: list, read, answer, refresh, sync, end."""

import pytest
from tests.banking.stories import connect
from tests.builders import make_item

from financehub.banking.models import Item, Sync


@pytest.fixture
def bank(simulator, bakery):
    return connect(simulator, bakery)


class TestItems:
    @pytest.mark.parametrize("address", ["/api/banking/items/", "/api/pluggy/items"])
    def test_are_listed_newest_first_with_their_banks(self, program, bakery, address):
        older, newer = make_item(company=bakery), make_item(company=bakery)
        make_item()

        results = program.get(address).json()["results"]

        assert [(item["id"], item["itemId"]) for item in results] == [
            (str(newer.pk), str(newer.pluggy_id)),
            (str(older.pk), str(older.pluggy_id)),
        ]
        assert results[0]["connector"]["name"] == "Pluggy Bank"

    def test_are_found_by_our_id_and_by_pluggys(self, program, bakery):
        item = make_item(company=bakery)
        ours = program.get(f"/api/banking/items/{item.pk}/").json()
        assert program.get(f"/api/pluggy/items/{item.pluggy_id}").json() == ours
        assert (ours["status"], ours["problem"]) == ("UPDATED", None)

    def test_are_not_found_by_the_other_id(self, program, bakery):
        item = make_item(company=bakery)
        assert program.get(f"/api/banking/items/{item.pluggy_id}/").status_code == 404
        assert program.get(f"/api/pluggy/items/{item.pk}").status_code == 404

    def test_say_what_is_wrong_and_what_to_do(self, program, bakery):
        item = make_item(
            company=bakery,
            status="LOGIN_ERROR",
            execution_status="INVALID_CREDENTIALS",
            error_code="INVALID_CREDENTIALS",
            error_provider_message="Senha incorreta",
        )
        problem = program.get(f"/api/banking/items/{item.pk}/").json()["problem"]
        assert (problem["code"], problem["action"]) == ("INVALID_CREDENTIALS", "require_user_action")
        assert (problem["step"], problem["schedule"], problem["lookAgainAt"]) == ("reconnect", "pause", None)
        assert problem["providerMessage"] == "Senha incorreta"

    def test_tell_the_banks_question_only_to_who_may_answer(self, program, viewer, bakery):
        question = {"name": "token", "label": "Token"}
        item = make_item(company=bakery, status="WAITING_USER_INPUT", parameter=question)
        path = f"/api/banking/items/{item.pk}/"
        assert program.get(path).json()["parameter"] == question
        assert viewer.get(path).json()["parameter"] is None


class TestAnswering:
    def test_sends_the_value_to_the_bank(self, simulator, bakery, program):
        bank = connect(simulator, bakery, connector_id=5)

        answer = program.post(f"/api/banking/items/{bank.item.pk}/mfa/", {"value": "123456"})

        assert answer.status_code == 200
        assert answer.json()["status"] == "UPDATING"

    def test_is_refused_when_nothing_was_asked(self, bank, program):
        answer = program.post(f"/api/banking/items/{bank.item.pk}/mfa/", {"value": "123456"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "mfa_not_asked")


class TestRefreshing:
    def test_starts_a_new_execution_at_the_bank(self, bank, program):
        answer = program.post(f"/api/banking/items/{bank.item.pk}/refresh/")
        assert (answer.status_code, answer.json()["isUpdating"]) == (200, True)


class TestSyncing:
    def test_is_asked_for_by_any_of_its_names(self, bakery, program):
        item = make_item(company=bakery)
        answers = [
            program.post(f"/api/banking/items/{item.pk}/sync/"),
            program.post(f"/api/pluggy/sync/{item.pluggy_id}"),
            program.post("/api/open-finance/sync", {"itemId": str(item.pluggy_id)}),
        ]
        assert [answer.status_code for answer in answers] == [202, 202, 202]
        assert Sync.objects.of(bakery).count() == 1
        assert {answer.json()["id"] for answer in answers} == {str(Sync.objects.of(bakery).get().pk)}

    def test_asks_for_a_reconnection_first(self, bakery, program):
        item = make_item(company=bakery, status="LOGIN_ERROR")
        answer = program.post(f"/api/banking/items/{item.pk}/sync/")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "needs_reconnect")
        assert not Sync.objects.of(bakery).exists()


class TestDisconnecting:
    @pytest.mark.parametrize("name", ["ours", "pluggys", "body"])
    def test_ends_the_connection_at_pluggy_and_here(self, bank, simulator, program, name):
        ours, theirs = str(bank.item.pk), bank.vendor_id
        path, body = {
            "ours": (f"/api/banking/items/{ours}/", None),
            "pluggys": (f"/api/pluggy/items/{theirs}", None),
            "body": ("/api/open-finance/disconnect", {"itemId": theirs}),
        }[name]

        answer = program.call("DELETE", path, body)

        assert answer.json() == {"id": ours, "itemId": theirs, "disconnected": True}
        assert not Item.objects.of(bank.company).exists()
        assert program.call("DELETE", path, body).status_code == 404

    def test_keeps_history_when_asked(self, bank, program):
        path = f"/api/banking/items/{bank.item.pk}/?keepHistory=true"
        assert program.call("DELETE", path).status_code == 200
        assert Item.objects.of(bank.company).get().is_disconnected
