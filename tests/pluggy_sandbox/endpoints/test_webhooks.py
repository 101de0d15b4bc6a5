"""Subscriptions over HTTP."""

import pytest
from tests.pluggy_sandbox.box import Box

UNKNOWN = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def webhook(box: Box) -> dict:
    return box.post("/webhooks", {"event": "all", "url": "https://a.example", "headers": {"X": "1"}}).json()


def test_a_subscription_is_created_listed_and_read(box: Box, webhook: dict) -> None:
    assert (webhook["headers"], webhook["disabledAt"]) == ({"X": "1"}, None)
    assert box.get("/webhooks").json()["results"] == [webhook]
    assert box.get(f"/webhooks/{webhook['id']}").json() == webhook


def test_headers_are_replaced_and_cleared(box: Box, webhook: dict) -> None:
    path = f"/webhooks/{webhook['id']}"
    assert box.patch(path, {"headers": {"Y": "2"}}).json()["headers"] == {"Y": "2"}
    assert box.patch(path, {"event": "item/error"}).json()["headers"] == {"Y": "2"}
    assert box.patch(path, {"headers": None}).json()["headers"] == {}


def test_a_subscription_is_switched_off_and_on(box: Box, webhook: dict) -> None:
    path = f"/webhooks/{webhook['id']}"
    assert box.patch(path, {"enabled": False}).json()["disabledAt"] is not None
    assert box.patch(path, {"enabled": True}).json()["disabledAt"] is None


def test_a_change_obeys_the_rules_of_creation(box: Box, webhook: dict) -> None:
    box.post("/webhooks", {"event": "item/error", "url": "https://a.example"})
    assert box.patch(f"/webhooks/{webhook['id']}", {"event": "item/error"}).status_code == 400
    assert box.patch(f"/webhooks/{webhook['id']}", {"event": "x"}).status_code == 400


def test_a_subscription_is_deleted_once(box: Box, webhook: dict) -> None:
    assert box.delete(f"/webhooks/{webhook['id']}").json() == {"count": 1}
    gone = box.delete(f"/webhooks/{webhook['id']}")
    assert (gone.status_code, gone.json()["codeDescription"]) == (404, "WEBHOOK_NOT_FOUND")


def test_headers_must_be_an_object(box: Box) -> None:
    refused = box.post("/webhooks", {"event": "all", "url": "https://a.example", "headers": "X: 1"})
    assert refused.json()["message"] == "headers must be an object"
