"""POST /auth and POST /connect_token."""

import pytest
from tests.pluggy_sandbox.box import Box

UNKNOWN = "11111111-1111-4111-8111-111111111111"


def test_good_keys_give_an_api_key(box: Box) -> None:
    assert box.api_key().count(".") == 2


@pytest.mark.parametrize("secret", ["wrong", "s\u00e9cret"])
def test_wrong_keys_are_unauthorised(box: Box, secret: str) -> None:
    refused = box.post("/auth", {"clientId": box.world.state.client_id, "clientSecret": secret})
    assert (refused.status_code, refused.json()["codeDescription"]) == (401, "CLIENT_KEYS_UNAUTHORIZED")


def test_a_disabled_client_is_told_so(box: Box) -> None:
    box.switch(clientDisabled=True)
    state = box.world.state
    refused = box.post("/auth", {"clientId": state.client_id, "clientSecret": state.client_secret})
    assert (refused.status_code, refused.json()["codeDescription"]) == (401, "CLIENT_DISABLED")


def test_malformed_keys_are_named(box: Box) -> None:
    refused = box.post("/auth", {"clientId": "me"})
    assert refused.json()["message"] == "clientId must be a UUID, clientSecret should not be empty"


def test_the_extra_key_of_the_node_client_is_ignored(box: Box) -> None:
    state = box.world.state
    keys = {"clientId": state.client_id, "clientSecret": state.client_secret, "nonExpiring": False}
    assert box.post("/auth", keys).status_code == 200


def test_a_connect_token_for_an_unknown_item_is_not_found(box: Box) -> None:
    refused = box.post("/connect_token", {"itemId": UNKNOWN})
    assert (refused.status_code, refused.json()["codeDescription"]) == (404, "ITEM_NOT_FOUND")


def test_options_are_checked(box: Box) -> None:
    assert box.post("/connect_token", {"options": {"clientUserId": 3}}).status_code == 400
    assert box.post("/connect_token", {"options": []}).json()["message"] == "options must be an object"


def test_no_call_works_without_a_key(box: Box) -> None:
    refused = box.call("POST", "/connect_token", json={}, headers={"X-API-KEY": ""})
    assert refused.json() == {"code": 403, "message": "Missing or invalid authorization token"}
