"""The control plane's JSON."""

import pytest
from tests.pluggy_sandbox.box import Box, Receiver


def test_the_state_is_told_at_a_glance(box: Box) -> None:
    box.connected()
    state = box.get("/_control/state").json()
    assert (state["now"], state["items"], state["seed"]) == ("2026-11-25T12:00:03.000Z", 1, 7)


def test_the_clock_jumps_to_a_moment_and_never_back(box: Box) -> None:
    moved = box.post("/_control/clock", {"to": "2026-12-01T00:00:00Z"}).json()
    assert moved == {"now": "2026-12-01T00:00:00.000Z", "frozen": True}
    for body in ({"to": "2026-11-01T00:00:00Z"}, {"seconds": -1}, {"seconds": "1"}):
        assert box.post("/_control/clock", body).status_code == 400


def test_a_reset_forgets_items_and_repeats_ids(box: Box) -> None:
    box.post("/_control/reset")
    first = box.create()["id"]
    box.post("/_control/reset")
    box.post("/auth", {})
    assert box.get("/_control/state").json()["items"] == 0
    assert box.create()["id"] == first


def test_a_reset_may_change_the_seed(box: Box) -> None:
    assert box.post("/_control/reset", {"seed": 8}).json()["seed"] == 8
    assert box.post("/_control/reset", {"seed": "8"}).status_code == 400


def test_switches_are_read_and_changed(box: Box) -> None:
    changed = box.patch("/_control/switches", {"itemLimit": 5}).json()
    assert (changed["itemLimit"], changed["rateLimits"]) == (5, True)
    refused = box.patch("/_control/switches", {"itemLimt": 5})
    assert refused.status_code == 400
    assert "itemLimt" in refused.json()["message"]


def test_faults_are_added_listed_and_removed(box: Box) -> None:
    fault = box.post("/_control/faults", {"kind": "slow", "seconds": 0}).json()
    assert [row["id"] for row in box.get("/_control/faults").json()] == [fault["id"]]
    assert box.delete(f"/_control/faults/{fault['id']}").status_code == 204
    assert box.delete(f"/_control/faults/{fault['id']}").status_code == 404
    assert box.post("/_control/faults", {"kind": "flood"}).status_code == 400


def test_items_are_listed_with_their_accounts(box: Box) -> None:
    item = box.connected()
    row = box.get("/_control/items").json()[0]
    assert (row["id"], row["hidesData"]) == (item["id"], False)
    account = box.account(item["id"])
    assert {entry["id"]: entry["transactions"] for entry in row["accounts"]}[account["id"]] == len(
        box.all_transactions(account["id"])
    )


def test_an_action_that_does_not_fit_is_refused(box: Box) -> None:
    item = box.connected()
    assert box.post(f"/_control/items/{item['id']}/approve").status_code == 400
    assert box.post(f"/_control/items/{item['id']}/dance").status_code == 404


def test_a_wait_can_be_expired_at_once(box: Box) -> None:
    item = box.create(5)
    box.advance(1)
    box.post(f"/_control/items/{item['id']}/expire-mfa")
    assert box.item(item["id"])["executionStatus"] == "USER_INPUT_TIMEOUT"


def test_a_mutation_now_moves_data_and_tells(box: Box, receiver: Receiver) -> None:
    item = box.connected()
    box.advance(10)
    box.post("/webhooks", {"event": "all", "url": receiver.url})
    account = box.account(item["id"])
    body = {"kind": "description", "accountId": account["id"]}
    told = box.post(f"/_control/items/{item['id']}/mutations", body).json()
    box.advance(2)
    assert receiver.events() == ["item/updated", "transactions/updated"]
    assert told[account["id"]]["updated"] == receiver.knocks[1].body["transactionIds"]
    assert box.item(item["id"])["lastUpdatedAt"] == "2026-11-25T12:00:13.000Z"


def test_a_mutation_may_wait_for_the_next_execution(box: Box) -> None:
    item = box.connected()
    account = box.account(item["id"])
    before = box.all_transactions(account["id"])
    body = {"kind": "delete", "accountId": account["id"], "when": "next"}
    assert box.post(f"/_control/items/{item['id']}/mutations", body).json() == {}
    assert box.all_transactions(account["id"]) == before
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    assert len(before) - len(box.all_transactions(account["id"])) == 1


def test_a_mutation_that_finds_no_row_by_then_changes_nothing(box: Box) -> None:
    item = box.connected()
    account = box.account(item["id"])
    before = box.all_transactions(account["id"])
    body = {"kind": "return", "accountId": account["id"], "when": "next"}
    assert box.post(f"/_control/items/{item['id']}/mutations", body).json() == {}
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    assert box.item(item["id"])["executionStatus"] == "SUCCESS"
    assert box.all_transactions(account["id"]) == before


def test_a_mutation_of_no_kind_is_refused_when_it_is_planned(box: Box) -> None:
    item = box.connected()
    account = box.account(item["id"])
    body = {"kind": "vanish", "accountId": account["id"], "when": "next"}
    assert box.post(f"/_control/items/{item['id']}/mutations", body).status_code == 400


def test_a_re_keyed_row_is_a_deletion_and_a_creation(box: Box) -> None:
    item = box.connected()
    account = box.account(item["id"])
    body = {"kind": "rekey", "accountId": account["id"]}
    told = box.post(f"/_control/items/{item['id']}/mutations", body).json()[account["id"]]
    assert (told["created"], len(told["deleted"]), told["updated"]) == (1, 1, [])


def test_an_unknown_mutation_is_refused(box: Box) -> None:
    item = box.connected()
    body = {"kind": "vanish", "accountId": box.account(item["id"])["id"]}
    refused = box.post(f"/_control/items/{item['id']}/mutations", body)
    assert refused.status_code == 400
    assert "vanish" in refused.json()["message"]


def test_the_health_of_a_connector_is_told_once(box: Box, receiver: Receiver) -> None:
    box.post("/webhooks", {"event": "connector/status_updated", "url": receiver.url})
    for _ in range(2):
        changed = box.post("/_control/connectors/601", {"status": "OFFLINE"}).json()
    box.advance(1)
    assert changed["health"]["status"] == "OFFLINE"
    assert [(knock.body["connectorId"], knock.body["data"]) for knock in receiver.knocks] == [
        (601, {"status": "OFFLINE"})
    ]


def test_any_event_can_be_sent(box: Box, receiver: Receiver) -> None:
    box.post("/webhooks", {"event": "all", "url": receiver.url})
    box.post("/_control/events", {"event": "item/error", "itemId": "unknown", "eventId": "mine"})
    box.advance(1)
    assert receiver.knocks[0].body == {
        "eventId": "mine",
        "clientId": box.world.state.client_id,
        "event": "item/error",
        "itemId": "unknown",
    }
    assert box.post("/_control/events", {}).status_code == 400


def test_deliveries_are_narrowed_by_state_and_event(box: Box, receiver: Receiver) -> None:
    box.post("/webhooks", {"event": "all", "url": receiver.url})
    box.connected()
    assert len(box.get("/_control/deliveries", state="DELIVERED", event="item/created").json()) == 1
    assert box.get("/_control/deliveries", state="GAVE_UP").json() == []
    assert box.post("/_control/deliveries/unknown/resend").status_code == 404


def test_tokens_can_be_expired(box: Box) -> None:
    key = box.api_key()
    assert box.post("/_control/tokens/expire").status_code == 204
    assert box.as_widget(key, "GET", "/webhooks").status_code == 403


def test_subscriptions_are_shown_without_a_key(box: Box) -> None:
    box.post("/webhooks", {"event": "all", "url": "https://a.example"})
    assert [row["event"] for row in box.get("/_control/webhooks").json()] == ["all"]


@pytest.mark.parametrize(
    "body", [{"quota": "identity"}, {"document": "1", "connectorId": 601, "quota": "x", "used": 1}]
)
def test_a_wrong_quota_is_refused(box: Box, body: dict) -> None:
    assert box.call("PUT", "/_control/quotas", json=body).status_code == 400


def test_a_plan_decides_how_coming_runs_end_until_it_is_lifted(box: Box) -> None:
    item = box.connected()
    path = f"/_control/items/{item['id']}/plan"
    pending = {"product": "ACCOUNTS", "code": "ACCT_002", "message": "Pending", "updated": False}
    ends = []
    for plan in ({"error": "ACCOUNT_NEEDS_ACTION", "providerMessage": "Ligue"}, {"warnings": [pending]}, {}):
        assert box.call("PUT", path, json=plan).status_code == 200
        box.patch(f"/items/{item['id']}")
        box.advance(3)
        ends.append(box.item(item["id"]))
    assert [end["executionStatus"] for end in ends] == ["ACCOUNT_NEEDS_ACTION", "PARTIAL_SUCCESS", "SUCCESS"]
    assert ends[0]["error"]["providerMessage"] == "Ligue"
    assert ends[1]["statusDetail"]["accounts"]["warnings"] == [{"code": "ACCT_002", "message": "Pending"}]


@pytest.mark.parametrize(
    "plan", [{"error": "BROKEN"}, {"warnings": [{"product": "PIX", "code": "1", "message": "x"}]}]
)
def test_a_wrong_plan_is_refused(box: Box, plan: dict) -> None:
    item = box.create()
    assert box.call("PUT", f"/_control/items/{item['id']}/plan", json=plan).status_code == 400
