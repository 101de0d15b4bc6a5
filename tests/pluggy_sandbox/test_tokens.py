"""API keys and connect tokens: claims, ends and scopes."""

import base64
import json
from datetime import timedelta

import pytest
from tests.pluggy_sandbox.box import GOOD, NOON, Box

from pluggy_sandbox.errors import Forbidden
from pluggy_sandbox.tokens import Session, Tokens

STALE = {"code": 403, "message": "Missing or invalid authorization token"}


def claims_of(token: str) -> tuple[dict, dict]:
    header, claims, _ = token.split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(part + "==")) for part in (header, claims))


def test_an_api_key_is_a_jwt_of_two_hours() -> None:
    _, claims = claims_of(Tokens("client", "secret").issue_api_key(NOON, "1"))
    assert (claims["clientId"], claims["exp"] - claims["iat"]) == ("client", 7200)


def test_a_connect_token_is_an_rs256_jwt_of_thirty_minutes() -> None:
    header, claims = claims_of(Tokens("client", "secret").issue_connect_token(NOON, Session({}), "1"))
    assert (header["alg"], claims["exp"] - claims["iat"]) == ("RS256", 1800)
    assert set(claims) == {"clientId", "data", "iat", "exp"}


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "....."])
def test_nonsense_is_no_token(token: str | None) -> None:
    with pytest.raises(Forbidden):
        Tokens("client", "secret").caller(token, NOON)


def test_a_forged_signature_is_refused() -> None:
    key = Tokens("client", "other secret").issue_api_key(NOON, "1")
    with pytest.raises(Forbidden):
        Tokens("client", "secret").caller(key, NOON)


def test_a_key_survives_a_restart_with_the_same_secret() -> None:
    key = Tokens("client", "secret").issue_api_key(NOON, "1")
    assert Tokens("client", "secret").caller(key, NOON).session is None


def test_every_token_can_be_refused_at_once() -> None:
    tokens = Tokens("client", "secret")
    old = tokens.issue_api_key(NOON, "1")
    tokens.refuse_all(NOON)
    with pytest.raises(Forbidden):
        tokens.caller(old, NOON)
    assert tokens.caller(tokens.issue_api_key(NOON + timedelta(seconds=1), "2"), NOON + timedelta(seconds=1))


def test_an_api_key_dies_after_two_hours_of_the_virtual_clock(box: Box) -> None:
    key = box.api_key()
    box.advance(7199)
    assert box.as_widget(key, "GET", "/webhooks").status_code == 200
    box.advance(1)
    refused = box.as_widget(key, "GET", "/webhooks")
    assert (refused.status_code, refused.json()) == (403, STALE)


def test_a_connect_token_dies_after_thirty_minutes(box: Box) -> None:
    token, item = box.connect_token(), None
    item = box.as_widget(token, "POST", "/items", {"connectorId": 2, "parameters": GOOD}).json()
    box.advance(1799)
    assert box.as_widget(token, "GET", f"/items/{item['id']}").status_code == 200
    box.advance(1)
    assert box.as_widget(token, "GET", f"/items/{item['id']}").json() == STALE


def test_a_connect_token_touches_only_the_item_of_its_session(box: Box) -> None:
    foreign = box.connected()
    token = box.connect_token()
    mine = box.as_widget(token, "POST", "/items", {"connectorId": 2, "parameters": GOOD}).json()
    box.advance(3)
    assert box.as_widget(token, "GET", f"/items/{mine['id']}").json()["status"] == "UPDATED"
    for method, path in [
        ("GET", f"/items/{foreign['id']}"),
        ("PATCH", f"/items/{foreign['id']}"),
        ("POST", f"/items/{foreign['id']}/mfa"),
        ("GET", f"/accounts?itemId={foreign['id']}"),
        ("DELETE", f"/items/{mine['id']}"),
        ("GET", "/connectors"),
        ("GET", "/webhooks"),
        ("POST", "/connect_token"),
    ]:
        assert box.as_widget(token, method, path, {}).json() == STALE, path


def test_a_connect_token_sees_accounts_without_their_banking_data(box: Box) -> None:
    token = box.connect_token()
    item = box.as_widget(token, "POST", "/items", {"connectorId": 2, "parameters": GOOD}).json()
    box.advance(3)
    rows = box.as_widget(token, "GET", f"/accounts?itemId={item['id']}").json()["results"]
    assert rows
    assert not {"bankData", "creditData", "taxNumber", "owner"} & set(rows[0])


def test_a_token_for_one_item_may_only_update_it(box: Box) -> None:
    item = box.connected()
    token = box.connect_token(itemId=item["id"])
    assert box.as_widget(token, "POST", "/items", {"connectorId": 2, "parameters": GOOD}).json() == STALE
    assert box.as_widget(token, "PATCH", f"/items/{item['id']}", {}).status_code == 200


def test_the_options_of_a_token_complete_the_item(box: Box) -> None:
    options = {
        "clientUserId": "alias-1",
        "oauthRedirectUri": "https://app.example/back",
        "products": ["ACCOUNTS"],
    }
    token = box.connect_token(options=options)
    item = box.as_widget(token, "POST", "/items", {"connectorId": 2, "parameters": GOOD}).json()
    assert (item["clientUserId"], item["oauthRedirectUri"], item["products"]) == (
        "alias-1",
        "https://app.example/back",
        ["ACCOUNTS"],
    )
