"""Items over HTTP, from connect token to deletion."""

import base64
import json
from datetime import UTC, datetime

import pytest
from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy.errors import DuplicateItem, InvalidCredentials, PluggyNotFound
from financehub.providers.pluggy.shapes.items import ItemChanges, ItemOptions, ItemStatus, NewItem

ITEM = {
    "id": "i1",
    "status": "WAITING_USER_INPUT",
    "executionStatus": "A_WORD_OF_NEXT_YEAR",
    "connector": {"id": 5, "name": "Pluggy Bank MFA"},
    "parameter": {"name": "token", "type": "string", "label": "Token", "expiresAt": "2026-03-01T12:00:00Z"},
    "statusDetail": {"accounts": {"isUpdated": False, "lastUpdatedAt": None}, "loans": None, "novelty": None},
    "error": None,
    "lastUpdatedAt": None,
}


def jwt(exp: int) -> str:
    payload = base64.urlsafe_b64encode(json.dumps({"exp": exp}).encode()).decode().rstrip("=")
    return f"e30.{payload}.sig"


class TestCreateConnectToken:
    def test_sends_only_what_is_set_and_tells_when_the_token_ends(self, stub, client):
        stub.on("POST /connect_token", Answer({"accessToken": jwt(1_800_001_800)}))
        token = client.create_connect_token(ItemOptions(client_user_id="u1", oauth_redirect_uri="https://x"))
        assert token.access_token == jwt(1_800_001_800)
        assert token.expires_at == datetime(2027, 1, 15, 8, 30, tzinfo=UTC)
        assert stub.calls("POST /connect_token")[0].json() == {
            "options": {"clientUserId": "u1", "oauthRedirectUri": "https://x"}
        }

    def test_binds_a_token_to_an_item(self, stub, client):
        stub.on("POST /connect_token", Answer({"accessToken": "opaque"}))
        token = client.create_connect_token(item_id="i1")
        assert (token.expires_at, repr(token)) == (None, "<ConnectToken>")
        assert stub.calls("POST /connect_token")[0].json() == {"itemId": "i1"}


class TestCreateItem:
    def test_sends_the_credentials_and_reads_the_item(self, stub, client):
        stub.on("POST /items", Answer(ITEM))
        item = client.create_item(NewItem(connector_id=5, parameters={"user": "user-ok"}, client_user_id="u"))
        assert (item.status, item.execution_status) == (ItemStatus.WAITING_USER_INPUT, "A_WORD_OF_NEXT_YEAR")
        assert (item["connector"]["name"], item.parameter.name) == ("Pluggy Bank MFA", "token")
        assert item.status_detail["accounts"].is_updated is False
        assert stub.calls("POST /items")[0].json() == {
            "connectorId": 5,
            "parameters": {"user": "user-ok"},
            "clientUserId": "u",
        }

    def test_names_the_wrong_parameter(self, stub, client):
        details = [{"code": "001", "message": "no match", "parameter": "user"}]
        problem = {"code": 400, "codeDescription": "CONNECTOR_VALIDATION_ERROR", "details": details}
        stub.on("POST /items", Answer(problem, 400))
        with pytest.raises(InvalidCredentials) as failure:
            client.create_item(NewItem(connector_id=5, parameters={}))
        assert failure.value.details[0].parameter == "user"

    def test_names_the_items_it_would_duplicate(self, stub, client):
        stub.on("POST /items", Answer({"codeDescription": "ITEM_USER_ALREADY_EXISTS", "items": ["i0"]}, 400))
        with pytest.raises(DuplicateItem) as failure:
            client.create_item(NewItem(connector_id=5, parameters={}))
        assert failure.value.items == ("i0",)


class TestFetchItem:
    def test_reads_what_only_the_person_can_do(self, stub, client):
        action = {"type": "qr", "instructions": "Scan", "attributes": {"url": "https://bank", "tries": [1]}}
        stub.on(
            "GET /items/i1", Answer({**ITEM, "userAction": action, "error": {"code": "X", "message": None}})
        )
        item = client.fetch_item("i1")
        assert item.user_action.attributes == {"url": "https://bank", "tries": [1]}
        assert (item.error.code, item.error.message) == ("X", "")


class TestUpdateItem:
    def test_sends_an_empty_body_for_a_plain_execution(self, stub, client):
        stub.on("PATCH /items/i1", Answer(ITEM))
        client.update_item("i1")
        client.update_item("i1", ItemChanges(parameters={"token": "1"}))
        bodies = [one.json() for one in stub.calls("PATCH /items/i1")]
        assert bodies == [{}, {"parameters": {"token": "1"}}]


class TestSendItemMfa:
    def test_sends_the_value_under_the_parameters_name(self, stub, client):
        stub.on("POST /items/i1/mfa", Answer({**ITEM, "status": "UPDATING"}))
        assert client.send_item_mfa("i1", {"token": "123456"}).status == "UPDATING"
        assert stub.calls("POST /items/i1/mfa")[0].json() == {"token": "123456"}


class TestDeleteItem:
    def test_is_silent_on_success_and_says_when_there_is_none(self, stub, client):
        gone = Answer({"code": 404, "codeDescription": "ITEM_NOT_FOUND"}, 404)
        stub.on("DELETE /items/i1", Answer({"count": 1}), gone)
        client.delete_item("i1")
        with pytest.raises(PluggyNotFound):
            client.delete_item("i1")


class TestOtherReads:
    def test_reads_resources_consents_and_the_registry(self, stub, client):
        stub.on("PATCH /items/i1/disable-auto-sync", Answer({**ITEM, "nextAutoSyncAt": None}))
        stub.on("GET /items/i1/resources", Answer({"results": [{"type": "LOAN", "status": "AVAILABLE"}]}))
        stub.on("GET /consents", Answer({"results": [{"id": "c1", "itemId": "i1", "expiresAt": None}]}))
        stub.on("GET /consents/c1", Answer({"id": "c1", "itemId": "i1", "products": ["ACCOUNTS"]}))
        stub.on(
            "GET /items/i1/scr", Answer({"dtbConsult": "2026-01", "cdCli": "1", "tpCli": "1", "lsDtb": []})
        )
        assert client.disable_auto_sync("i1").next_auto_sync_at is None
        assert client.fetch_item_resources("i1", "AVAILABLE")[0].type == "LOAN"
        assert client.fetch_consents("i1")[0].expires_at is None
        assert client.fetch_consent("c1").products == ["ACCOUNTS"]
        assert client.fetch_item_scr("i1", "202601", "202603").dtb_consult == "2026-01"
        assert stub.calls("GET /items/i1/scr")[0].query == {"from": ["202601"], "to": ["202603"]}
