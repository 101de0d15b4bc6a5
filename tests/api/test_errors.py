"""One shape for every error, whatever went wrong."""

import json

import pytest
from django.http import Http404
from django.test import RequestFactory
from ninja import NinjaAPI
from ninja.errors import HttpError

from financehub.api import errors
from financehub.core import errors as domain
from financehub.providers.pluggy.errors import Refusal, error_for

REFUSED = "GET /items/{id}"


@pytest.fixture
def api():
    made = NinjaAPI(urls_namespace="test-errors")
    errors.install(made)
    return made


def answer(api, error):
    response = api.on_exception(RequestFactory().get("/api/x"), error)
    return response.status_code, json.loads(response.content), response.headers


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (domain.Invalid("no"), 422, "invalid"),
        (domain.NotFound(), 404, "not_found"),
        (domain.Denied(), 403, "denied"),
        (domain.Conflict(), 409, "conflict"),
        (domain.TryLater(), 503, "try_later"),
        (domain.NotConfigured(), 503, "not_configured"),
        (error_for(Refusal(REFUSED, 502)), 503, "pluggy_unavailable"),
        (error_for(Refusal(REFUSED, 429)), 503, "pluggy_rate_limited"),
        (error_for(Refusal(REFUSED, 401)), 502, "pluggy_auth_failed"),
        (error_for(Refusal(REFUSED, 404)), 404, "not_found"),
        (error_for(Refusal(REFUSED, 400, "X")), 409, "pluggy_rejected"),
        (error_for(Refusal(REFUSED, 400, "ITEM_CREATION_LIMIT_EXCEEDED")), 409, "pluggy_item_limit"),
        (HttpError(400, "Cannot parse request body"), 400, "invalid_request"),
        (Http404(), 404, "not_found"),
        (RuntimeError("do-not-show"), 500, "internal_error"),
    ],
)
def test_every_kind_has_its_status_and_code(api, error, status, code):
    got, content, _ = answer(api, error)
    assert (got, content["error"]["code"]) == (status, code)
    assert set(content) == {"error"}
    assert set(content["error"]) == {"code", "message", "details"}


def test_a_plan_limit_carries_its_fields_beside_the_error(api):
    facts = {"current": 1, "limit": 1, "upgrade_required": True, "suggested_plan": "pro"}
    status, content, _ = answer(api, domain.LimitReached(**facts))
    assert status == 403
    assert {name: value for name, value in content.items() if name != "error"} == facts


def test_the_words_of_a_bug_or_of_the_vendor_stay_inside(api):
    vendor = error_for(Refusal(REFUSED, 400, "X", "do-not-show"))
    for error in (RuntimeError("do-not-show"), vendor):
        assert "do-not-show" not in str(answer(api, error)[1])


def test_what_works_later_says_when(api):
    assert answer(api, domain.TryLater())[2]["Retry-After"] == "30"


def test_a_body_of_another_shape_names_its_fields(program):
    reply = program.post("/api/banking/accounts/", {"type": "SAVINGS"})
    content = reply.json()["error"]
    assert (reply.status_code, content["code"]) == (422, "invalid_request")
    assert {tuple(field["at"]) for field in content["details"]["fields"]} == {
        ("body", "payload", "name"),
        ("body", "payload", "type"),
    }


def test_a_body_that_is_no_json_is_a_bad_request(program):
    reply = program._client.generic(
        "POST", "/api/banking/accounts/", b"{", content_type="application/json", **program._headers
    )
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "invalid_request")
