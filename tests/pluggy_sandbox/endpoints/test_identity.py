"""Identity is one object, and absent when it was not collected."""

from tests.pluggy_sandbox.box import Box


def test_an_identity_is_found_by_item_and_by_id(box: Box) -> None:
    item = box.connected()
    identity = box.get("/identity", itemId=item["id"]).json()
    assert identity["itemId"] == item["id"]
    assert box.get(f"/identity/{identity['id']}").json() == identity


def test_an_identity_that_was_not_collected_is_not_found(box: Box) -> None:
    item = box.connected(products=["ACCOUNTS"])
    refused = box.get("/identity", itemId=item["id"])
    assert (refused.status_code, refused.json()["codeDescription"]) == (404, "IDENTITY_NOT_FOUND")
    assert box.get("/identity/x").status_code == 404
    assert box.get("/identity").status_code == 400
