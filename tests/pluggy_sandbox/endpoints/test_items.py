"""Items over HTTP: the parts the lifecycle tests do not reach."""

import pytest
from tests.pluggy_sandbox.box import GOOD, Box, Receiver

UNKNOWN = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/mfa"),
        ("PATCH", "/disable-auto-sync"),
        ("GET", "/resources"),
        ("GET", "/scr"),
    ],
)
@pytest.mark.parametrize("item_id", [UNKNOWN, "not-a-uuid"])
def test_an_unknown_item_is_not_found(box: Box, method: str, path: str, item_id: str) -> None:
    refused = box.call(method, f"/items/{item_id}{path}")
    assert (refused.status_code, refused.json()) == (
        404,
        {"code": 404, "message": "item not found", "codeDescription": "ITEM_NOT_FOUND"},
    )


def test_there_is_no_list_of_items(box: Box) -> None:
    assert box.get("/items").status_code == 405


def test_a_wrong_body_is_complained_about_at_once(box: Box) -> None:
    refused = box.post("/items", {"connectorId": "2", "parameters": [], "products": "ACCOUNTS"})
    assert refused.json() == {
        "code": 400,
        "message": "connectorId must be a number conforming to the specified constraints, "
        "parameters must be an object, each value in products must be a string",
    }


def test_an_item_shows_its_whole_connector(box: Box) -> None:
    item = box.create()
    assert item["connector"] == box.get("/connectors/2").json()
    assert {"nextAutoSyncAt", "autoSyncDisabledAt", "consentExpiresAt", "statusDetail", "userAction"} <= set(
        item
    )


def test_deleting_an_item_erases_its_data_and_tells(box: Box, receiver: Receiver) -> None:
    box.post("/webhooks", {"event": "item/deleted", "url": receiver.url})
    item = box.connected()
    account = box.account(item["id"])
    assert box.delete(f"/items/{item['id']}").json() == {"count": 1}
    box.advance(1)
    assert box.get(f"/accounts/{account['id']}").status_code == 404
    assert box.accounts(item["id"]) == []
    assert receiver.knocks[0].body["itemId"] == item["id"]
    assert "triggeredBy" not in receiver.knocks[0].body


def test_an_item_deleted_in_the_middle_of_a_run_stays_deleted(box: Box) -> None:
    item = box.create()
    box.advance(1)
    box.delete(f"/items/{item['id']}")
    box.advance(10)
    assert box.get(f"/items/{item['id']}").status_code == 404


def test_the_opt_in_list_is_off_by_default(box: Box) -> None:
    assert box.get("/v2/items").status_code == 403


def test_the_opt_in_list_is_newest_first_and_filtered(box: Box) -> None:
    box.switch(itemsList=True)
    for name in ("a", "b", "a"):
        box.create(clientUserId=name)
        box.advance(1)
    rows = box.get("/v2/items", clientUserId="a").json()
    assert [row["clientUserId"] for row in rows["results"]] == ["a", "a"]
    assert rows["results"][0]["createdAt"] > rows["results"][1]["createdAt"]
    assert rows["next"] is None
    assert box.get("/v2/items", connectorId="601").json()["results"] == []
    assert box.get("/v2/items", after="nonsense").status_code == 400


def test_the_opt_in_list_pages_by_cursor(box: Box) -> None:
    box.switch(itemsList=True)
    for _ in range(501):
        box.create(2, GOOD)
    first = box.get("/v2/items").json()
    second = box.get(f"/v2/items{first['next']}").json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (500, 1, None)
