"""The questions a bank may ask."""

import pytest
from tests.pluggy_sandbox.box import NOON, Box

from pluggy_sandbox import mfa
from pluggy_sandbox.errors import MfaParameterMismatch


def test_a_parameter_is_a_credential_with_a_deadline() -> None:
    parameter = mfa.challenge_of("token").parameter(NOON)
    assert (parameter["name"], parameter["expiresAt"]) == ("token", "2026-11-25T12:00:00.000Z")
    assert {"label", "type", "optional", "mfa"} <= set(parameter)


def test_a_select_lists_what_it_accepts() -> None:
    challenge = mfa.challenge_of("company")
    assert {option["value"] for option in challenge.credential["options"]} == challenge.accepted


def test_an_answer_stands_under_the_name_of_the_parameter() -> None:
    challenge = mfa.challenge_of("token")
    assert challenge.answer_in({"token": 123456}) == "123456"
    with pytest.raises(MfaParameterMismatch):
        challenge.answer_in({"value": "123456"})


def test_a_one_step_bank_takes_the_token_with_the_login(box: Box) -> None:
    login = {"user": "user-ok", "password": "password-ok"}
    assert box.connected(4, {**login, "token": "123456"})["executionStatus"] == "SUCCESS"
    assert box.connected(4, {**login, "token": "999999"})["executionStatus"] == "INVALID_CREDENTIALS_MFA"


def test_a_one_step_bank_wants_a_fresh_token_with_every_update(box: Box) -> None:
    item = box.connected(4, {"user": "user-ok", "password": "password-ok", "token": "123456"})
    path = f"/items/{item['id']}"
    missing = box.patch(path).json()
    assert missing["codeDescription"] == "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR"
    assert missing["data"] == {"parameter": "token"}
    used = box.patch(path, {"parameters": {"token": "123456"}}).json()
    assert used["codeDescription"] == "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR"
    assert box.patch(path, {"parameters": {"token": "654321"}}).status_code == 200
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"


def test_a_qr_code_is_read_in_another_application(box: Box) -> None:
    item = box.create(6)
    box.advance(1)
    action = box.item(item["id"])["userAction"]
    assert (action["type"], bool(action["attributes"]["data"])) == ("qr", True)
    box.post(f"/_control/items/{item['id']}/approve")
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"


def test_a_device_once_authorised_is_not_asked_again(box: Box) -> None:
    item = box.create(12)
    box.advance(1)
    assert box.item(item["id"])["userAction"]["type"] == "authorize-access"
    box.post(f"/_control/items/{item['id']}/approve")
    box.advance(3)
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"


@pytest.mark.parametrize(("connector_id", "kind"), [(7, "image"), (8, "select"), (9, "select")])
def test_connectors_named_after_a_question_ask_it(box: Box, connector_id: int, kind: str) -> None:
    item = box.create(connector_id)
    box.advance(1)
    assert box.item(item["id"])["parameter"]["type"] == kind
