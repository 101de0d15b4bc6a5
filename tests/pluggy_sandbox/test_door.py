"""What a request meets before its endpoint."""

from tests.pluggy_sandbox.box import GOOD, Box


def test_other_addresses_are_refused_when_the_allowlist_is_on(box: Box) -> None:
    box.switch(ipAllowlist=["10.1.2.3"])
    refused = box.get("/webhooks")
    assert (refused.status_code, refused.json()["codeDescription"]) == (403, "CLIENT_IP_NOT_ALLOWED")
    state = box.world.state
    keys = {"clientId": state.client_id, "clientSecret": state.client_secret}
    assert box.post("/auth", keys).json()["codeDescription"] == "CLIENT_IP_NOT_ALLOWED"
    box.switch(ipAllowlist=["127.0.0.1"])
    assert box.get("/webhooks").status_code == 200


def test_a_connect_token_passes_the_allowlist(box: Box) -> None:
    token = box.connect_token()
    box.switch(ipAllowlist=[])
    assert box.as_widget(token, "POST", "/items", {"connectorId": 2, "parameters": GOOD}).status_code == 200


def test_a_bearer_header_is_not_a_key(box: Box) -> None:
    headers = {"X-API-KEY": "", "Authorization": f"Bearer {box.api_key()}"}
    assert box.call("GET", "/webhooks", headers=headers).status_code == 403


def test_pages_and_control_need_no_key(box: Box) -> None:
    assert box.call("GET", "/_control/state", headers={"X-API-KEY": ""}).status_code == 200
    assert box.call("GET", "/connect", headers={"X-API-KEY": ""}).status_code == 200


def test_the_361st_read_of_a_minute_is_refused(box: Box) -> None:
    answers = [box.get("/accounts/x").status_code for _ in range(361)]
    assert answers == [404] * 360 + [429]


def test_the_control_plane_is_closed_to_pages_of_other_sites(box: Box) -> None:
    foreign = box.call("POST", "/_control/reset", headers={"Origin": "https://evil.example"})
    own = box.call("POST", "/_control/reset", headers={"Origin": "http://box"})
    assert (foreign.status_code, own.status_code) == (403, 200)
