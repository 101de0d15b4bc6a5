"""Every address of the contract answers, with and without the last slash."""

import pytest
from django.urls import resolve
from tests.api.callers import Caller

CONTRACT = [
    ("POST", "/api/banking/pluggy/connect-token"),
    ("POST", "/api/banking/pluggy/callback"),
    ("POST", "/api/banking/pluggy/webhook"),
    ("GET", "/api/banking/items"),
    ("GET", "/api/banking/accounts"),
    ("POST", "/api/banking/accounts/{id}/sync"),
    ("GET", "/api/banking/transactions"),
    ("GET", "/api/banking/health/celery"),
    ("POST", "/api/pluggy/connect-token"),
    ("POST", "/api/pluggy/callback"),
    ("GET", "/api/pluggy/items"),
    ("GET", "/api/pluggy/items/{id}/accounts"),
    ("GET", "/api/pluggy/items/{id}/transactions"),
    ("POST", "/api/pluggy/sync/{id}"),
    ("DELETE", "/api/pluggy/items/{id}"),
    ("POST", "/api/open-finance/connect-token"),
    ("POST", "/api/open-finance/save-connection"),
    ("POST", "/api/open-finance/sync"),
    ("DELETE", "/api/open-finance/disconnect"),
    ("POST", "/api/webhooks/pluggy"),
    ("POST", "/api/realtime/ticket"),
    ("GET", "/api/health"),
]
ID = "5f1c8a64-0f5e-4c0e-9d61-1c4f2a9d7e01"


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize(("method", "address"), CONTRACT)
def test_the_contract_has_this_address(db, method, address, slash):
    path = address.replace("{id}", ID) + slash
    assert resolve(path).url_name != "unknown"
    answer = Caller().call(method, path)
    if address.startswith(("/api/health", "/api/banking/health")):
        assert answer.status_code in {200, 503}
    elif "webhook" in address:
        assert answer.status_code == 404  # no secret is set: the door is shut
        assert answer.json()["error"]["code"] == "webhook_door"
    else:
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthenticated")
