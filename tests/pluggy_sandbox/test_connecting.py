"""Who may connect or refresh, and the refusals."""

import pytest
from tests.pluggy_sandbox.box import CPF_OK, GOOD, Box

BAD = {"user": "user-ok", "password": "password-wrong"}


def refusal(answer) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("codeDescription")


def test_a_new_item_is_updating_and_created(box: Box) -> None:
    item = box.create(clientUserId="me", webhookUrl="https://a.example", oauthRedirectUri="https://b.example")
    assert (item["status"], item["executionStatus"], item["lastUpdatedAt"]) == ("UPDATING", "CREATED", None)
    assert (item["clientUserId"], item["webhookUrl"], item["oauthRedirectUri"]) == (
        "me",
        "https://a.example",
        "https://b.example",
    )
    assert item["connector"]["id"] == 2


def test_credentials_must_follow_the_rules_of_the_connector(box: Box) -> None:
    answer = box.post("/items", {"connectorId": 2, "parameters": {"user": "me"}})
    assert refusal(answer) == (400, "CONNECTOR_VALIDATION_ERROR")
    assert [(row["code"], row["parameter"]) for row in answer.json()["details"]] == [
        ("001", "user"),
        ("001", "password"),
    ]


def test_an_encrypted_string_is_taken_as_a_good_login(box: Box) -> None:
    assert box.connected(2, "c2VhbGVk")["executionStatus"] == "SUCCESS"


def test_an_unknown_connector_is_not_found(box: Box) -> None:
    answer = box.post("/items", {"connectorId": 99999, "parameters": GOOD})
    assert refusal(answer) == (404, "CONNECTOR_NOT_FOUND")


def test_missing_parameters_are_named(box: Box) -> None:
    assert refusal(box.post("/items", {"connectorId": 2})) == (400, "PARAMETERS_NOT_PROVIDED")


def test_an_offline_connector_takes_nobody(box: Box) -> None:
    assert refusal(box.post("/items", {"connectorId": 13, "parameters": GOOD})) == (409, "CONNECTOR_OFFLINE")


def test_duplicates_are_refused_only_on_request(box: Box) -> None:
    first = box.connected()
    assert box.create()["id"] != first["id"]
    answer = box.post("/items", {"connectorId": 2, "parameters": GOOD, "avoidDuplicates": True})
    assert refusal(answer) == (400, "ITEM_USER_ALREADY_EXISTS")
    assert first["id"] in answer.json()["items"]


def test_the_item_limit_counts_living_items(box: Box) -> None:
    box.switch(itemLimit=1)
    item = box.connected()
    answer = box.post("/items", {"connectorId": 2, "parameters": GOOD})
    assert refusal(answer) == (409, "ITEM_CREATION_LIMIT_EXCEEDED")
    assert answer.json()["data"] == {"itemsLimit": 1}
    box.delete(f"/items/{item['id']}")
    assert box.create()["status"] == "UPDATING"


def test_an_update_while_updating_is_refused(box: Box) -> None:
    item = box.create()
    assert refusal(box.patch(f"/items/{item['id']}")) == (409, "ITEM_IS_ALREADY_UPDATING")


def test_meu_pluggy_cannot_be_updated(box: Box) -> None:
    item = box.connected(200, {})
    answer = box.patch(f"/items/{item['id']}")
    assert (answer.status_code, answer.json()["message"]) == (400, "MeuPluggy item cant be updated")
    assert answer.json()["errorId"]


@pytest.mark.parametrize("hours", [24, 1])
def test_the_update_frequency_counts_from_the_last_success(box: Box, hours: int) -> None:
    item = box.connected()
    box.switch(updateFrequencyHours=hours)
    answer = box.patch(f"/items/{item['id']}")
    assert refusal(answer) == (409, "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY")
    assert answer.json()["data"] == {
        "minUpdateFrequencyAllowedInHours": hours,
        "lastUpdatedAt": item["lastUpdatedAt"],
    }
    box.advance(hours * 3600)
    assert box.patch(f"/items/{item['id']}").status_code == 200


def test_the_widget_is_exempt_from_the_update_frequency(box: Box) -> None:
    item = box.connected()
    box.switch(updateFrequencyHours=24)
    token = box.connect_token(itemId=item["id"])
    assert box.as_widget(token, "PATCH", f"/items/{item['id']}", {}).status_code == 200


def test_a_login_error_asks_for_new_credentials(box: Box) -> None:
    item = box.connected(2, BAD)
    assert refusal(box.patch(f"/items/{item['id']}")) == (400, "LAST_EXECUTION_HAD_LOGIN_ERROR")
    box.patch(f"/items/{item['id']}", {"parameters": GOOD})
    box.advance(3)
    repaired = box.item(item["id"])
    assert (repaired["status"], repaired["consecutiveFailedLoginAttempts"]) == ("UPDATED", 0)


def test_two_login_errors_cost_fifteen_minutes(box: Box) -> None:
    item = box.connected(2, BAD)
    box.patch(f"/items/{item['id']}", {"parameters": BAD})
    box.advance(3)
    answer = box.patch(f"/items/{item['id']}", {"parameters": GOOD})
    assert refusal(answer) == (400, "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES")
    assert answer.json()["data"] == {
        "readableBackoffTime": "15 minutes",
        "maxConsecutiveFailedLoginAttempts": 2,
        "lastExecutionEndedAt": "2026-11-25T12:00:03.800Z",
        "canRetryAfterDate": "2026-11-25T12:15:03.800Z",
    }
    box.advance(900)
    assert box.patch(f"/items/{item['id']}", {"parameters": GOOD}).status_code == 200


def test_more_than_five_errors_in_a_row_stop_updates(box: Box) -> None:
    item = box.connected(2, {"user": "user-error", "password": "password-ok"})
    for _ in range(5):
        assert box.patch(f"/items/{item['id']}").status_code == 200
        box.advance(3)
    assert refusal(box.patch(f"/items/{item['id']}")) == (400, "TOO_MANY_CONSECUTIVE_ERRORS")


def test_an_update_may_change_the_reference_and_the_products(box: Box) -> None:
    item = box.connected()
    changed = box.patch(f"/items/{item['id']}", {"clientUserId": "other", "products": ["ACCOUNTS"]}).json()
    assert (changed["clientUserId"], changed["products"]) == ("other", ["ACCOUNTS"])


def test_a_client_refresh_of_open_finance_does_not_ask_the_person_again(box: Box) -> None:
    item = box.consented(601, CPF_OK)
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"
